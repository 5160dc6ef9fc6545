import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { defaultPageSize } from '../../core/keyset.ts';
import { batchedAlike } from '../../core/loader.ts';
import { offsetArgs, offsetPage, type RowPage, type Span, spanOf } from '../../core/offsetConnection.ts';
import { binRowValues, weigh } from '../../core/weight.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import type { LocationView } from '../location/perLocation.ts';
import { LocationType } from '../location/type.ts';
import { endOfRetention, purgeTrashLater } from './purgeTrash.ts';
import { type BinRow, type BinSelection, readBinPage, readBinPages } from './rows.ts';
import { BinConnection } from './type.ts';
import { allowedBins } from './visible.ts';

const { sql } = Prisma;
const maxBins = 500;

/** What lies in the trash of a location since `oldest` or later, the last one thrown away first. */
function selectionOf(
  { services }: GraphContext,
  accountId: string,
  locationId: string,
  { oldest, span }: { readonly oldest: Date; readonly span: Span },
): BinSelection {
  const { moment } = jsonSql(services.database);
  return {
    locationId,
    where: sql`b."locationId" = ${locationId} AND b."deletedAt" IS NOT NULL AND ${allowedBins(accountId)}
      AND ${moment(sql`b."deletedAt"`)} >= ${oldest.toISOString()}`,
    orderBy: sql`b."deletedAt" DESC, b."id" DESC`,
    ...span,
  };
}

const trashOf = batchedAlike<LocationView, Span, RowPage<BinRow>>(async (locations, span, context) => {
  const [{ viewerId = '' } = {}] = locations;
  const selections = locations.map((location) =>
    selectionOf(context, viewerId, location.id, { oldest: endOfRetention(location), span }),
  );
  const pages = await readBinPages(context, viewerId, selections);
  return new Map(
    locations.flatMap((location) => {
      const page = pages.get(location.id);
      return page ? [[location, page] as const] : [];
    }),
  );
});

builder.objectField(LocationType, 'trashedBins', (t) =>
  t.field({
    type: BinConnection,
    description:
      'The trash as far as you may see it, the last one thrown away first. What has lain there longer than the location keeps it is left out.',
    args: offsetArgs(defaultPageSize, maxBins),
    extensions: weigh({ statements: 2, batched: true, rowValues: binRowValues }),
    resolve: async (location, args, context) => {
      const span = spanOf(args, maxBins);
      return offsetPage(span, await trashOf(location, span, context));
    },
  }),
);

builder.queryField('trashedBins', (t) =>
  t.field({
    access: signedIn,
    type: BinConnection,
    description: `The trash of a location as far as you may see it, the last one thrown away first. What has lain there longer than the location keeps it is deleted. FORBIDDEN for other locations.`,
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      ...offsetArgs(defaultPageSize, maxBins),
    },
    extensions: weigh({ statements: 2, rowValues: binRowValues }),
    resolve: async (_root, { locationId, ...args }, context) => {
      if (locationId === '') throw invalid('locationId', 'required', 'is required');
      const span = spanOf(args, maxBins);
      const { id } = requireCaller(context).account;
      const location = await context.db.location.findUnique({
        where: { id: locationId },
        select: { trashRetentionDays: true },
      });
      if (!location) throw new DomainError('FORBIDDEN');
      const oldest = endOfRetention(location);
      const page = await readBinPage(context, id, selectionOf(context, id, locationId, { oldest, span }));
      if (!page) throw new DomainError('FORBIDDEN');
      purgeTrashLater(context.services, locationId, oldest);
      return offsetPage(span, page);
    },
  }),
);
