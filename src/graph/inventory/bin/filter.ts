import { invalid } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import { lowerTag, storedNames } from '../../core/text/names.ts';
import { searchNote } from '../search/query.ts';

const { sql } = Prisma;
const maxValues = 200;
const day = /^\d{4}-\d{2}-\d{2}$/;

const TagModeEnum = builder.enumType('TagMode', {
  description: 'How several tags go together.',
  values: {
    ANY: { description: 'A bin needs one of them.' },
    ALL: { description: 'A bin needs all of them.' },
  } as const,
});

export const BinFilter = builder.inputType('BinFilter', {
  description: 'Which bins; what is left out does not matter.',
  fields: (t) => ({
    query: t.string({
      description: `Words in name, notes, code, area, items, tags and values of custom fields; ${searchNote}`,
    }),
    tags: t.stringList({ description: 'Tags; the ones below each of them count as it.' }),
    tagMode: t.field({ type: TagModeEnum, required: true, defaultValue: 'ANY', description: 'ANY or ALL.' }),
    areaIds: t.stringList({ description: 'In one of these areas or in one below them.' }),
    unassigned: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Without an area; together with `areaIds`, also those without.',
    }),
    colors: t.stringList({ description: 'Of one of these colors.' }),
    hasItems: t.boolean({ required: true, defaultValue: false, description: 'With something in it.' }),
    hasNotes: t.boolean({ required: true, defaultValue: false, description: 'With notes.' }),
    needsOrganizing: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Without area, items and tags.',
    }),
    unusedSince: t.string({
      description: '`YYYY-MM-DD` in UTC: never used, or last used on a day before that one.',
    }),
  }),
});

type Filter = typeof BinFilter.$inferInput;

/** The SQL of a filter about a bin called `b` of a location. Throws INVALID_INPUT for what cannot be asked. */
export function filterConditions(json: JsonSql, locationId: string, filter: Filter): Prisma.Sql[] {
  const { areaIds, unassigned, colors, unusedSince } = filter;
  for (const [name, values] of Object.entries({ tags: filter.tags, areaIds, colors })) {
    if (values && values.length > maxValues) {
      throw invalid(name, 'too_long', `must have at most ${maxValues} entries`);
    }
  }
  if (unusedSince != null && !(day.test(unusedSince) && !Number.isNaN(Date.parse(unusedSince)))) {
    throw invalid('unusedSince', 'format', 'must be a day as YYYY-MM-DD');
  }
  return [
    ...tagConditions(json, locationId, filter),
    ...(areaIds || unassigned ? [areaCondition(json, areaIds ?? [], unassigned)] : []),
    ...(colors ? [json.isAmong(sql`b."color"`, colors)] : []),
    ...(filter.hasItems ? [hasItems] : []),
    ...(filter.hasNotes ? [sql`b."notes" <> ''`] : []),
    ...(filter.needsOrganizing ? [sql`b."areaId" IS NULL AND NOT ${hasItems} AND NOT ${hasTags}`] : []),
    ...(unusedSince != null
      ? [sql`NOT EXISTS (SELECT 1 FROM "BinUsage" u WHERE u."binId" = b."id" AND u."day" >= ${unusedSince})`]
      : []),
  ];
}

const hasItems = sql`EXISTS (SELECT 1 FROM "BinItem" i WHERE i."binId" = b."id" AND i."deletedAt" IS NULL)`;
const hasTags = sql`EXISTS (SELECT 1 FROM "BinTag" t WHERE t."binId" = b."id")`;

const tagColumns = { given: 'text', tidy: 'text', apart: 'text', parent: 'text' } as const;

/** A tag in each form in which it may be stored, and as the parent of others. */
function formsOf(given: string) {
  const [, tidy = given, apart = given] = storedNames(given);
  return { given, tidy, apart, parent: lowerTag(given) };
}

/**
 * Bins with the tags or with ones below them. One condition for any number of tags: PostgreSQL plans
 * some hundred subqueries for longer than it runs them. Parents are stored in lower case (OpenBin 13).
 */
function tagConditions(json: JsonSql, locationId: string, { tags, tagMode }: Filter): Prisma.Sql[] {
  if (!tags || tags.length === 0) return [];
  if (tagMode === 'ANY') {
    const named = sql`
      SELECT w."value" FROM ${json.rows(tags.flatMap(storedNames))} w
      UNION
      SELECT s."tag" FROM "TagStyle" s
      WHERE s."locationId" = ${locationId} AND s."parentTag" IN (
        SELECT p."value" FROM ${json.rows(tags.map(lowerTag))} p)`;
    return [
      sql`EXISTS (SELECT 1 FROM "BinTag" t WHERE t."binId" = b."id" AND ${json.isAmong(sql`t."name"`, named)})`,
    ];
  }
  return [
    sql`NOT EXISTS (SELECT 1 FROM ${json.records(tags.map(formsOf), tagColumns)} w WHERE NOT EXISTS (
      SELECT 1 FROM "BinTag" t
      WHERE t."binId" = b."id" AND (t."name" IN (w."given", w."tidy", w."apart") OR (
          SELECT s."parentTag" FROM "TagStyle" s WHERE s."locationId" = ${locationId} AND s."tag" = t."name") = w."parent")))`,
  ];
}

function areaCondition(json: JsonSql, areaIds: readonly string[], unassigned: boolean): Prisma.Sql {
  const within = json.isAmong(
    sql`b."areaId"`,
    sql`
      WITH RECURSIVE below("id") AS (
        SELECT w."value" FROM ${json.rows(areaIds)} w
        UNION
        SELECT a."id" FROM "Area" a JOIN below ON a."parentId" = below."id")
      SELECT "id" FROM below`,
  );
  return unassigned ? sql`(b."areaId" IS NULL OR ${within})` : within;
}
