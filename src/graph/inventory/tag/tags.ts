import { Prisma, type TagStyle } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { defaultPageSize } from '../../core/keyset.ts';
import { perParent } from '../../core/loader.ts';
import { offsetArgs, offsetPage, type RowPage, type Span, spanOf } from '../../core/offsetConnection.ts';
import { within } from '../../core/pagesBelow.ts';
import { foldCase } from '../../core/text/search.ts';
import { LocationType } from '../location/type.ts';
import { editableBy } from './retag.ts';
import { TagConnection, type TagRow, TagStyleConnection } from './types.ts';

const { sql } = Prisma;
const maxTagPage = 100;
const maxStylePage = 10_000;

const TagOrderEnum = builder.enumType('TagOrder', {
  description: 'By what tags are in order.',
  values: {
    NAME: { description: 'The word, without regard to case.' },
    BIN_COUNT: { description: 'How many bins have it; those alike by name.' },
  } as const,
});

/**
 * All tags of locations that somebody may know of, in one statement. Which of them, and in what
 * order, is not for SQL to say: SQLite knows no case beyond ASCII, and PostgreSQL's order depends
 * on how the database was made.
 */
async function readTags(
  { services: { database } }: GraphContext,
  locationIds: readonly string[],
  accountId: string,
): Promise<(TagRow & { readonly locationId: string })[]> {
  const among = (column: Prisma.Sql) => within(column, locationIds);
  const style = sql`s."locationId"`;
  const rows = await database.read<TagRow & { locationId: string }>(sql`
    SELECT n."locationId", n."name", n."binCount", s."parentTag"
    FROM (
      SELECT u."locationId", u."name", CAST(sum(u."bins") AS INTEGER) AS "binCount"
      FROM (
        SELECT b."locationId", t."name", count(*) AS "bins"
        FROM "Bin" b JOIN "BinTag" t ON t."binId" = b."id"
        WHERE ${among(sql`b."locationId"`)} AND ${editableBy(accountId)}
        GROUP BY b."locationId", t."name"
        UNION ALL SELECT s."locationId", s."tag", 0 FROM "TagStyle" s WHERE ${among(style)}
        UNION ALL SELECT s."locationId", s."parentTag", 0 FROM "TagStyle" s
          WHERE ${among(style)} AND s."parentTag" IS NOT NULL
      ) u
      GROUP BY u."locationId", u."name"
    ) n
    LEFT JOIN "TagStyle" s ON s."locationId" = n."locationId" AND s."tag" = n."name"`);
  return rows.map((row) => ({ ...row, binCount: Number(row.binCount) }));
}

/** In the order of a text without regard to case; texts that differ in nothing else by themselves. */
function byText<Row>(rows: readonly Row[], textOf: (row: Row) => string): Row[] {
  const keyed = rows.map((row) => ({ row, text: textOf(row), key: foldCase(textOf(row)) }));
  keyed.sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -1 : 1;
    return a.text < b.text ? -1 : 1;
  });
  return keyed.map(({ row }) => row);
}

interface TagSelection {
  readonly search: string;
  readonly orderBy: typeof TagOrderEnum.$inferType;
  readonly descending: boolean;
  readonly span: Span;
}

/** Some of the tags of one location. */
function select(
  all: readonly TagRow[],
  { search, orderBy, descending, span }: TagSelection,
): RowPage<TagRow> {
  const found = byText(
    all.filter(({ name }) => foldCase(name).includes(search)),
    ({ name }) => name,
  );
  // Sorting is stable, so that those alike stay in the order of their names.
  if (orderBy === 'BIN_COUNT') {
    found.sort((a, b) => (descending ? b.binCount - a.binCount : a.binCount - b.binCount));
  } else if (descending) found.reverse();
  return { results: found.slice(span.offset, span.offset + span.limit), totalCount: found.length };
}

/** Rows by the id of their location. */
function byLocation<Row extends { readonly locationId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const own = found.get(row.locationId);
    if (own) own.push(row);
    else found.set(row.locationId, [row]);
  }
  return found;
}

const tagsOf = perParent<RowPage<TagRow>, TagSelection>(async ({ ids, viewerId, args }, context) => {
  const rows = byLocation(await readTags(context, ids, viewerId));
  return new Map(Array.from(rows, ([id, all]) => [id, select(all, args)]));
});

const stylesOf = perParent<RowPage<TagStyle>, Span>(async ({ ids, args: { offset, limit } }, { db }) => {
  const rows = byLocation(await db.tagStyle.findMany({ where: { locationId: { in: [...ids] } } }));
  const page = (all: readonly TagStyle[]) => ({
    results: byText(all, ({ tag }) => tag).slice(offset, offset + limit),
    totalCount: all.length,
  });
  return new Map(Array.from(rows, ([id, all]) => [id, page(all)]));
});

builder.objectFields(LocationType, (t) => ({
  tags: t.field({
    type: TagConnection,
    description: 'The tags on bins that you may see, and those that are coloured or above others.',
    args: {
      search: t.arg.string({ description: 'Only with this text in it, without regard to case.' }),
      orderBy: t.arg({ type: TagOrderEnum, required: true, defaultValue: 'NAME', description: 'By what.' }),
      descending: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'From the other end.',
      }),
      ...offsetArgs(40, maxTagPage),
    },
    resolve: async (location, { search, orderBy, descending, ...args }, context) => {
      const span = spanOf(args, maxTagPage);
      const selection = { search: foldCase(search ?? ''), orderBy, descending, span };
      return offsetPage(span, await tagsOf(location, context, selection));
    },
  }),
  tagStyles: t.field({
    type: TagStyleConnection,
    description: 'The tags that have a color or a tag above them, by name without regard to case.',
    args: offsetArgs(defaultPageSize, maxStylePage),
    resolve: async (location, args, context) => {
      const span = spanOf(args, maxStylePage);
      return offsetPage(span, await stylesOf(location, context, span));
    },
  }),
}));
