import { type PageInfoShape, resolveCursorConnection } from '@pothos/plugin-relay';
import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import { Issues } from '../../errors/issues.ts';
import { Prisma } from '../../generated/sqlite/client.ts';
import { builder } from './builder.ts';
import type { GraphContext } from './context.ts';
import { jsonSql } from './jsonSql.ts';
import { defaultPageSize, type ListOrder, maxPageSize, type Page, type PageArgs } from './keyset.ts';
import { batched, batchedAlike } from './loader.ts';
import { type TableRows, tableRows } from './tableRows.ts';

const { sql, raw } = Prisma;

/** Offsets beyond are refused: nobody reads there, and skipping rows costs. */
export const maxOffset = 100_000_000;

/** What a connection takes beside the usual arguments where pages have numbers. */
export const offsetArgs = builder.args((t) => ({
  offset: t.int({
    description: `Leaves out so many from the front, 0 to ${maxOffset}; goes with \`first\` only.`,
  }),
}));

type Id = number | string;

/** What one kind of list below a row is: the rows of a table that name their parent. */
interface NestedList<Parent extends Id, Filter, Raw, Row> {
  readonly table: Prisma.ModelName;
  /** The column that names the parent. */
  readonly parent: string;
  readonly parentType: Parent extends number ? 'integer' : 'text';
  readonly idType: 'integer' | 'uuid';
  readonly order: ListOrder;
  /** The id of the table's row, where the row that is shown has another. */
  readonly cursor?: (row: Row) => Id;
  /** The columns that are read of the row itself; all of them unless given. */
  readonly columns?: readonly (keyof Raw & string)[];
  /** What is read beside the row itself, which is called `r`: columns of tables that are joined, by their names there. */
  readonly beside?: {
    readonly columns: Readonly<Record<string, TableRows<unknown>>>;
    readonly joins: Prisma.Sql;
  };
  /** Begins a reading: the condition on a row called `c`, and what becomes of a row that was read. */
  readonly read: (context: GraphContext) => {
    readonly where?: (filter: Filter) => Prisma.Sql;
    readonly view: (row: Raw) => Row;
  };
}

/** Which part of a list is asked for, the same for every parent. */
interface Part<Filter> {
  readonly filter: Filter | null;
  readonly above: string | null;
  readonly below: string | null;
  readonly ascending: boolean;
  readonly skip: number;
  readonly take: number;
}

/** What tells which fields are asked for. */
type Selected = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>;

/** A list that can be asked of one parent or of many at the same time. */
export type ListBelow<Parent, Filter, Row> = (
  parent: Parent,
  args: PageArgs & { readonly offset?: number | null; readonly filter?: Filter | null },
  context: GraphContext,
  info: Selected,
) => Promise<Page<Row>>;

const cursorPatterns = { integer: /^[1-9]\d{0,9}$/, uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i };
const largestInteger = 2 ** 31 - 1;

function checkArgs(args: PageArgs & { readonly offset?: number | null }, idType: 'integer' | 'uuid'): void {
  const issues = new Issues();
  for (const name of ['first', 'last'] as const) {
    const size = args[name];
    if (size != null && (size < 0 || size > maxPageSize))
      issues.add(name, 'range', `must be between 0 and ${maxPageSize}`);
  }
  for (const name of ['after', 'before'] as const) {
    const cursor = args[name];
    const fits =
      cursor == null ||
      (cursorPatterns[idType].test(cursor) && (idType === 'uuid' || Number(cursor) <= largestInteger));
    if (!fits) issues.add(name, 'format', 'is not a cursor of this list');
  }
  const { offset, last, after, before } = args;
  if (offset != null && (offset < 0 || offset > maxOffset))
    issues.add('offset', 'range', `must be between 0 and ${maxOffset}`);
  if (offset != null && (last != null || after != null || before != null))
    issues.add('offset', 'mismatch', 'cannot be given together with `last`, `after` or `before`');
  issues.throwIfAny();
}

/** Whether a field is asked of what a resolver returns, at least under some condition. */
function isSelected({ fieldNodes, fragments }: Selected, name: string): boolean {
  const within = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((node) => {
      if (node.kind === 'Field') return node.name.value === name;
      if (node.kind === 'InlineFragment') return within(node.selectionSet);
      return within(fragments[node.name.value]?.selectionSet);
    }) ?? false;
  return fieldNodes.some(({ selectionSet }) => within(selectionSet));
}

/**
 * Makes the lists of one kind: connections that cost one statement for all parents that a request asks at
 * the same time, and one more for their `totalCount`s. Cursors are ids.
 * For rows of one table in the order of their ids; loader.ts says what is for other lists.
 * Throws INVALID_INPUT for sizes, offsets and cursors that are none.
 */
export function listBelow<Parent extends Id, Row extends { readonly id: Id }, Raw, Filter = never>(
  list: NestedList<Parent, Filter, Raw, Row>,
): ListBelow<Parent, Filter, Row> {
  const table = raw(`"${list.table}"`);
  const own = tableRows<Raw>(list.table, list.columns);
  const joined = Object.entries(list.beside?.columns ?? {});
  const joins = list.beside?.joins ?? Prisma.empty;
  const parentOfRow = raw(`c."${list.parent}"`);
  const given = raw(list.parentType === 'integer' ? 'CAST(p."value" AS integer)' : 'p."value"');
  const cursorOf = list.cursor ?? (({ id }: Row) => id);
  const idOf = (cursor: string) => (list.idType === 'integer' ? Number(cursor) : cursor);

  const loadRows = batchedAlike<Parent, Part<Filter>, Row[]>(async (parents, part, context) => {
    const { where, view } = list.read(context);
    const { rows, engine } = jsonSql(context.services.database);
    const conditions = [
      sql`${parentOfRow} = ${parents.length === 1 ? parents[0] : given}`,
      ...(part.above === null ? [] : [sql`c."id" > ${idOf(part.above)}`]),
      ...(part.below === null ? [] : [sql`c."id" < ${idOf(part.below)}`]),
      ...(where && part.filter ? [where(part.filter)] : []),
    ];
    const direction = raw(part.ascending ? 'ASC' : 'DESC');
    const bounded = sql`
      FROM ${table} c WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY c."id" ${direction} LIMIT ${part.take} OFFSET ${part.skip}`;
    // Each parent's rows are read by the index, which stops at the end of the page. One parent, which most
    // requests have, is read without the list of parents, which takes longer than its page.
    const pagesOf =
      engine === 'sqlite'
        ? sql`CROSS JOIN ${table} r ON r."id" IN (SELECT c."id" ${bounded})`
        : sql`CROSS JOIN LATERAL (SELECT c.* ${bounded}) r`;
    const source =
      parents.length === 1 ? sql`(SELECT c.* ${bounded}) r` : sql`${rows(parents.map(String))} p ${pagesOf}`;
    const columns = [
      own.columns(engine, 'r'),
      ...joined.map(([alias, { columns: of }]) => of(engine, alias)),
    ];
    const found = await context.services.database.read<object>(sql`
      SELECT ${Prisma.join(columns)} FROM ${source} ${joins} ORDER BY r."id" ${direction}`);
    const pages = new Map<Parent, Row[]>(parents.map((parent) => [parent, []]));
    for (const values of found) {
      for (const [, { decode }] of joined) decode(values);
      const row = own.decode(values);
      pages.get(row[list.parent as keyof Raw] as Parent)?.push(view(row));
    }
    return pages;
  });

  const loadCount = batchedAlike<Parent, Filter | null, number>(async (parents, filter, context) => {
    const { where } = list.read(context);
    const { rows } = jsonSql(context.services.database);
    const found = await context.services.database.read<{ parent: Parent; count: number | string }>(sql`
      SELECT ${parentOfRow} AS "parent", count(*) AS "count" FROM ${table} c
      WHERE ${parentOfRow} IN (SELECT ${given} FROM ${rows(parents.map(String))} p)
        AND ${where && filter ? where(filter) : sql`1 = 1`}
      GROUP BY ${parentOfRow}`);
    return new Map(found.map(({ parent, count }) => [parent, Number(count)]));
  });

  return async (parent, args, context, info) => {
    checkArgs(args, list.idType);
    const { filter = null, offset } = args;
    const newestFirst = list.order === 'NEWEST_FIRST';
    const countNow = async () => (await loadCount(parent, filter, context)) ?? 0;
    // It is counted here where it is asked for: fields that read take turns, so that one that counted by
    // itself would do so for each parent.
    const counted = isSelected(info, 'totalCount') ? countNow() : undefined;
    const page = resolveCursorConnection(
      {
        args,
        defaultSize: defaultPageSize,
        maxSize: maxPageSize,
        toCursor: (row) => String(cursorOf(row as Row)),
      },
      async ({ before, after, limit, inverted }) => {
        const [above, below] = newestFirst ? [before, after] : [after, before];
        const part = {
          filter,
          above: above ?? null,
          below: below ?? null,
          ascending: newestFirst === inverted,
          skip: offset ?? 0,
          take: limit,
        };
        return (await loadRows(parent, part, context)) ?? [];
      },
    );
    const [{ edges, pageInfo }, totalCount] = await Promise.all([
      page as Promise<Omit<Page<Row>, 'totalCount'>>,
      counted,
    ]);
    const place: PageInfoShape = {
      ...pageInfo,
      hasPreviousPage: pageInfo.hasPreviousPage || (offset ?? 0) > 0,
    };
    return { edges, pageInfo: place, totalCount: async () => totalCount ?? countNow() };
  };
}

/** Counts the rows of a table by a column, for all parents that a request asks at the same time by one statement. */
export function countBelow<Parent extends Id>(
  count: (parents: Parent[], context: GraphContext) => Promise<(readonly [Parent, number])[]>,
) {
  const load = batched<Parent, number>(
    async (parents, context) => new Map(await count([...new Set(parents)], context)),
  );
  return async (parent: Parent, context: GraphContext): Promise<number> => (await load(parent, context)) ?? 0;
}
