import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { defaultPageSize } from '../../core/keyset.ts';
import { perParent } from '../../core/loader.ts';
import { offsetArgs, offsetPage, type RowPage, type Span, spanOf } from '../../core/offsetConnection.ts';
import { binRowValues, weigh } from '../../core/weight.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { type BinRow, type BinSelection, readBinPage, readBinPages } from '../bin/rows.ts';
import { BinConnection, BinType } from '../bin/type.ts';
import { allowedBins } from '../bin/visible.ts';
import { LocationType } from '../location/type.ts';

const { sql } = Prisma;
const maxBins = 500;

const selectionOf = (accountId: string, locationId: string, span: Span): BinSelection => ({
  locationId,
  where: sql`b."locationId" = ${locationId} AND b."deletedAt" IS NULL AND ${allowedBins(accountId)}
    AND b."id" IN (SELECT own."binId" FROM "BinPin" own WHERE own."accountId" = ${accountId})`,
  joins: sql`JOIN "BinPin" o ON o."binId" = b."id" AND o."accountId" = ${accountId}`,
  orderBy: sql`o."position", o."createdAt", b."id"`,
  ...span,
});

const pinnedOf = perParent<RowPage<BinRow>, Span>(({ ids, viewerId, args }, context) =>
  readBinPages(
    context,
    viewerId,
    ids.map((id) => selectionOf(viewerId, id, args)),
  ),
);

builder.objectField(LocationType, 'pinnedBins', (t) =>
  t.field({
    type: BinConnection,
    description: 'The bins that you have pinned, in the order of your pins.',
    args: offsetArgs(defaultPageSize, maxBins),
    extensions: weigh({ statements: 2, batched: true, rowValues: binRowValues }),
    resolve: async (location, args, context) => {
      const span = spanOf(args, maxBins);
      return offsetPage(span, await pinnedOf(location, context, span));
    },
  }),
);

builder.queryField('pinnedBins', (t) =>
  t.field({
    access: signedIn,
    type: [BinType],
    nullable: { list: true, items: false },
    description: `Returns the bins of a location that you have pinned, in the order of your pins; at most ${maxBins}. Throws FORBIDDEN for other locations.`,
    args: { locationId: t.arg.id({ required: true, description: 'The location.' }) },
    extensions: weigh({ size: 20, rowValues: binRowValues }),
    resolve: async (_root, { locationId }, context) => {
      if (locationId === '') throw invalid('locationId', 'required', 'is required');
      const { id } = requireCaller(context).account;
      const selection = selectionOf(id, locationId, { limit: maxBins, offset: 0 });
      const page = await readBinPage(context, id, selection);
      if (!page) throw new DomainError('FORBIDDEN');
      return page.results;
    },
  }),
);
