import { Prisma } from '../../generated/sqlite/client.ts';
import type { Engine } from '../../platform/database/url.ts';

/** SQL that makes JSON, in the words of one engine. */
export interface JsonSql {
  readonly engine: Engine;
  /** An object out of columns and other JSON. */
  object(fields: Readonly<Record<string, Prisma.Sql>>): Prisma.Sql;
  /** A list with one element a row of `from`, which is all that follows FROM; empty when there is none. */
  list(element: Prisma.Sql, orderBy: Prisma.Sql, from: Prisma.Sql): Prisma.Sql;
  /** An object with one entry a row of `from`. */
  dictionary(key: Prisma.Sql, value: Prisma.Sql, from: Prisma.Sql): Prisma.Sql;
  /** The text of a JSON list out of rows of JSON; much cheaper than `list` where the text is all that is wanted. */
  text(element: Prisma.Sql, orderBy: Prisma.Sql, from: Prisma.Sql): Prisma.Sql;
  /** A moment as `2026-05-26T19:48:12.000Z`. */
  moment(column: Prisma.Sql): Prisma.Sql;
  /** Texts under one another; what is NULL or has no rows makes an empty line. */
  lines(parts: readonly Lines[]): Prisma.Sql;
  /** A subquery with one row for each object, whose columns have these types; any number of objects is one parameter. */
  records<Column extends string>(
    objects: readonly Readonly<Record<Column, string | number | null>>[],
    columns: Readonly<Record<Column, 'text' | 'int'>>,
  ): Prisma.Sql;
  /** A subquery with one row for each text: `value`, and `at`, its place from 0; any number of texts is one parameter. */
  rows(texts: Iterable<string>): Prisma.Sql;
  /**
   * Joins what is before it with the rows of a table that fit, which are looked up for each row by an
   * index: never the other way round, whatever the planner believes to be cheaper.
   */
  lookUp(table: string, alias: string, on: Prisma.Sql): Prisma.Sql;
  /**
   * Whether a column is one of these texts, or of what a query answers. They are gathered once and
   * looked up for each row: the planner cannot join with them, which it does row against row where it
   * knows nothing about the tables.
   */
  isAmong(column: Prisma.Sql, texts: Iterable<string> | Prisma.Sql): Prisma.Sql;
  /** The same with two texts a row, `first` and `second`. */
  pairs(texts: Iterable<readonly [string, string]>): Prisma.Sql;
}

/** A line of its own, or one for each row of `from`. */
export type Lines = Prisma.Sql | { readonly line: Prisma.Sql; readonly from: Prisma.Sql };

const { sql, raw } = Prisma;

function pairs(fields: Readonly<Record<string, Prisma.Sql>>): Prisma.Sql {
  return Prisma.join(Object.entries(fields).map(([name, value]) => sql`${raw(`'${name}'`)}, ${value}`));
}

const jsonOf = (texts: Iterable<unknown>): string => JSON.stringify([...texts]);

function joined(parts: readonly Lines[], newline: string, gather: string): Prisma.Sql {
  const texts = parts.map((part) =>
    'from' in part
      ? sql`coalesce((SELECT ${raw(gather)}(${part.line}, ${raw(newline)}) FROM ${part.from}), '')`
      : sql`coalesce(${part}, '')`,
  );
  return Prisma.join(texts, ` || ${newline} || `);
}

type Rows = JsonSql['rows'];

/** `IS TRUE` is what keeps both planners from making a join, or a walk through an index, of it. */
const among =
  (rows: Rows): JsonSql['isAmong'] =>
  (column, texts) => {
    const query = texts instanceof Prisma.Sql ? texts : sql`SELECT w."value" FROM ${rows(texts)} w`;
    return sql`(${column} IN (${query})) IS TRUE`;
  };

const sqliteRows: Rows = (texts) => sql`(SELECT "value", "key" AS "at" FROM json_each(${jsonOf(texts)}))`;

const sqlite: JsonSql = {
  engine: 'sqlite',
  object: (fields) => sql`json_object(${pairs(fields)})`,
  list: (element, orderBy, from) =>
    sql`(SELECT json_group_array(${element} ORDER BY ${orderBy}) FROM ${from})`,
  dictionary: (key, value, from) => sql`(SELECT json_group_object(${key}, ${value}) FROM ${from})`,
  text: (element, orderBy, from) =>
    sql`(SELECT '[' || coalesce(group_concat(${element}, ',' ORDER BY ${orderBy}), '') || ']' FROM ${from})`,
  lines: (parts) => joined(parts, 'char(10)', 'group_concat'),
  records: (objects, columns) => {
    const values = Object.keys(columns).map((name) => raw(`"value" ->> '${name}' AS "${name}"`));
    return sql`(SELECT ${Prisma.join(values)} FROM json_each(${JSON.stringify(objects)}))`;
  },
  moment: (column) => sql`replace(${column}, '+00:00', 'Z')`,
  rows: sqliteRows,
  lookUp: (table, alias, on) => sql`CROSS JOIN ${raw(`"${table}" ${alias}`)} ON ${on}`,
  isAmong: among(sqliteRows),
  pairs: (texts) => sql`
    (SELECT "value" ->> 0 AS "first", "value" ->> 1 AS "second", "key" AS "at"
     FROM json_each(${jsonOf(texts)}))`,
};

const postgresqlRows: Rows = (texts) => sql`
  (SELECT e."value", e."nth" - 1 AS "at"
   FROM jsonb_array_elements_text(${jsonOf(texts)}::jsonb) WITH ORDINALITY AS e("value", "nth"))`;

const postgresql: JsonSql = {
  engine: 'postgresql',
  object: (fields) => sql`json_build_object(${pairs(fields)})`,
  list: (element, orderBy, from) =>
    sql`(SELECT coalesce(json_agg(${element} ORDER BY ${orderBy}), '[]') FROM ${from})`,
  dictionary: (key, value, from) =>
    sql`(SELECT coalesce(json_object_agg(${key}, ${value}), '{}') FROM ${from})`,
  text: (element, orderBy, from) =>
    sql`(SELECT '[' || coalesce(string_agg(${element}::text, ',' ORDER BY ${orderBy}), '') || ']' FROM ${from})`,
  lines: (parts) => joined(parts, 'chr(10)', 'string_agg'),
  records: (objects, columns) => {
    const types = Object.entries(columns).map(([name, type]) => raw(`"${name}" ${type}`));
    return sql`
      (SELECT * FROM jsonb_to_recordset(${JSON.stringify(objects)}::jsonb) AS r(${Prisma.join(types)}))`;
  },
  moment: (column) => sql`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  rows: postgresqlRows,
  // OFFSET keeps the subquery as it is, so that no other condition opens another way into the table.
  lookUp: (table, alias, on) => sql`
    CROSS JOIN LATERAL (SELECT * FROM ${raw(`"${table}" ${alias}`)} WHERE ${on} OFFSET 0) ${raw(alias)}`,
  isAmong: among(postgresqlRows),
  pairs: (texts) => sql`
    (SELECT e."value" ->> 0 AS "first", e."value" ->> 1 AS "second", e."nth" - 1 AS "at"
     FROM jsonb_array_elements(${jsonOf(texts)}::jsonb) WITH ORDINALITY AS e("value", "nth"))`,
};

/** The words of the engine that a database runs on. */
export function jsonSql({ engine }: { readonly engine: Engine }): JsonSql {
  return engine === 'sqlite' ? sqlite : postgresql;
}
