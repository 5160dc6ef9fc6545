import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { defaultPageSize } from '../../core/keyset.ts';
import { offsetArgs, offsetPage, spanOf } from '../../core/offsetConnection.ts';
import { binRowValues, weigh } from '../../core/weight.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { endOfRetention, purgeTrashLater } from './purgeTrash.ts';
import { readBinPage } from './rows.ts';
import { BinConnection } from './type.ts';
import { allowedBins } from './visible.ts';

const { sql } = Prisma;
const maxBins = 500;

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
      const { moment } = jsonSql(context.services.database);
      const page = await readBinPage(context, id, {
        locationId,
        where: sql`b."locationId" = ${locationId} AND b."deletedAt" IS NOT NULL AND ${allowedBins(id)}
          AND ${moment(sql`b."deletedAt"`)} >= ${oldest.toISOString()}`,
        orderBy: sql`b."deletedAt" DESC, b."id" DESC`,
        ...span,
      });
      if (!page) throw new DomainError('FORBIDDEN');
      purgeTrashLater(context.services, locationId, oldest);
      return offsetPage(span, page);
    },
  }),
);
