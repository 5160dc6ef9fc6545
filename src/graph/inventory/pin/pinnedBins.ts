import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { binRowValues, weigh } from '../../core/weight.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { readBinPage } from '../bin/rows.ts';
import { BinType } from '../bin/type.ts';
import { allowedBins } from '../bin/visible.ts';

const { sql } = Prisma;
const maxBins = 500;

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
      const page = await readBinPage(context, id, {
        locationId,
        where: sql`b."locationId" = ${locationId} AND b."deletedAt" IS NULL AND ${allowedBins(id)}
          AND b."id" IN (SELECT own."binId" FROM "BinPin" own WHERE own."accountId" = ${id})`,
        joins: sql`JOIN "BinPin" o ON o."binId" = b."id" AND o."accountId" = ${id}`,
        orderBy: sql`o."position", o."createdAt", b."id"`,
        limit: maxBins,
        offset: 0,
      });
      if (!page) throw new DomainError('FORBIDDEN');
      return page.results;
    },
  }),
);
