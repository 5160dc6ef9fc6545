import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { defaultPageSize } from '../../core/keyset.ts';
import { perParent } from '../../core/loader.ts';
import { offsetArgs, offsetPage, type RowPage, type Span, spanOf } from '../../core/offsetConnection.ts';
import { binRowValues, weigh } from '../../core/weight.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { LocationType } from '../location/type.ts';
import type { FuzzyQuery } from '../search/fuzzy.ts';
import { searchQuery } from '../search/query.ts';
import { searchVersion } from '../search/version.ts';
import { inventoryServices } from '../services.ts';
import { BinFilter, filterConditions } from './filter.ts';
import { BinSortEnum, orderOf, SortDirectionEnum } from './order.ts';
import { type BinRow, type BinSelection, readBinPage, readBinPages } from './rows.ts';
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

const listArgs = builder.args((t) => ({
  filter: t.field({ type: BinFilter, description: 'Which.' }),
  sort: t.field({ type: BinSortEnum, required: true, defaultValue: 'UPDATED_AT', description: 'By what.' }),
  direction: t.field({
    type: SortDirectionEnum,
    required: true,
    defaultValue: 'DESC',
    description: 'From which end.',
  }),
}));

/** What is asked of the bins of one location, or of several. */
interface Asked {
  readonly filter?: typeof BinFilter.$inferInput | null | undefined;
  readonly sort: typeof BinSortEnum.$inferType;
  readonly direction: typeof SortDirectionEnum.$inferType;
  readonly span: Span;
}

/** Throws INVALID_INPUT for a filter that cannot be asked. */
async function selectionOf(
  context: GraphContext,
  accountId: string,
  locationId: string,
  { filter, sort, direction, span }: Asked,
): Promise<BinSelection> {
  const query = searchQuery('query', filter?.query);
  const where = [
    sql`b."locationId" = ${locationId} AND b."deletedAt" IS NULL AND ${allowedBins(accountId)}`,
    ...(filter ? filterConditions(jsonSql(context.services.database), locationId, filter) : []),
    ...(await matching(context, locationId, accountId, query)),
  ];
  return { locationId, where: Prisma.join(where, ' AND '), ...orderOf(sort, direction), ...span };
}

builder.queryField('bins', (t) =>
  t.field({
    access: signedIn,
    type: BinConnection,
    description: 'The bins of a location that you may see, without the trash. FORBIDDEN for other locations.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      ...listArgs,
      ...offsetArgs(maxPage, maxPage),
    },
    extensions: weigh({ rowValues: binRowValues, searchWords: ['filter', 'query'] }),
    resolve: async (_root, { locationId, filter, sort, direction, ...page }, context) => {
      if (locationId === '') throw invalid('locationId', 'required', 'is required');
      const span = spanOf(page, maxPage);
      const { id } = requireCaller(context).account;
      const selection = await selectionOf(context, id, locationId, { filter, sort, direction, span });
      const found = await readBinPage(context, id, selection);
      if (!found) throw new DomainError('FORBIDDEN');
      return offsetPage(span, found);
    },
  }),
);

const binsOf = perParent<RowPage<BinRow>, Asked>(async ({ ids, viewerId, args }, context) => {
  const selections = new Map<string, BinSelection>();
  // A search of words is made for each location, and weighs so much that a request has room for few.
  for (const id of ids) selections.set(id, await selectionOf(context, viewerId, id, args));
  return readBinPages(context, viewerId, [...selections.values()]);
});

builder.objectField(LocationType, 'bins', (t) =>
  t.field({
    type: BinConnection,
    description: 'The bins that you may see, without the trash.',
    args: { ...listArgs, ...offsetArgs(defaultPageSize, maxPage) },
    extensions: weigh({
      statements: 2,
      batched: true,
      rowValues: binRowValues,
      searchWords: ['filter', 'query'],
    }),
    resolve: async (location, { filter, sort, direction, ...page }, context) => {
      const span = spanOf(page, maxPage);
      return offsetPage(span, await binsOf(location, context, { filter, sort, direction, span }));
    },
  }),
);
