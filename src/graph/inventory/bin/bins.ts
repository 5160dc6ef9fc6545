import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { offsetArgs, offsetPage, spanOf } from '../../core/offsetConnection.ts';
import { binRowValues, weigh } from '../../core/weight.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import type { FuzzyQuery } from '../search/fuzzy.ts';
import { searchQuery } from '../search/query.ts';
import { searchVersion } from '../search/version.ts';
import { inventoryServices } from '../services.ts';
import { BinFilter, filterConditions } from './filter.ts';
import { BinSortEnum, orderOf, SortDirectionEnum } from './order.ts';
import { readBinPage } from './rows.ts';
import { BinConnection } from './type.ts';
import { allowedBins } from './visible.ts';

const { sql } = Prisma;
const maxPage = 200;

/** The condition of a search; none without one. */
async function matching(
  context: GraphContext,
  locationId: string,
  accountId: string,
  query: FuzzyQuery | null,
): Promise<Prisma.Sql[]> {
  if (!query) return [];
  const version = await searchVersion(context, locationId, accountId);
  const ids = await inventoryServices(context).binSearch({ locationId, version, accountId }, query);
  return [jsonSql(context.services.database).isAmong(sql`b."id"`, ids)];
}

builder.queryField('bins', (t) =>
  t.field({
    access: signedIn,
    type: BinConnection,
    description: 'The bins of a location that you may see, without the trash. FORBIDDEN for other locations.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      filter: t.arg({ type: BinFilter, description: 'Which.' }),
      sort: t.arg({ type: BinSortEnum, required: true, defaultValue: 'UPDATED_AT', description: 'By what.' }),
      direction: t.arg({
        type: SortDirectionEnum,
        required: true,
        defaultValue: 'DESC',
        description: 'From which end.',
      }),
      ...offsetArgs(maxPage, maxPage),
    },
    extensions: weigh({ rowValues: binRowValues, searchWords: ['filter', 'query'] }),
    resolve: async (_root, { locationId, filter, sort, direction, ...page }, context) => {
      if (locationId === '') throw invalid('locationId', 'required', 'is required');
      const span = spanOf(page, maxPage);
      const query = searchQuery('query', filter?.query);
      const { id } = requireCaller(context).account;
      const where = [
        sql`b."locationId" = ${locationId} AND b."deletedAt" IS NULL AND ${allowedBins(id)}`,
        ...(filter ? filterConditions(jsonSql(context.services.database), locationId, filter) : []),
        ...(await matching(context, locationId, id, query)),
      ];
      const found = await readBinPage(context, id, {
        locationId,
        where: Prisma.join(where, ' AND '),
        ...orderOf(sort, direction),
        ...span,
      });
      if (!found) throw new DomainError('FORBIDDEN');
      return offsetPage(span, found);
    },
  }),
);
