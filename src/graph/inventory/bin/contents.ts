import { invalid } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { type Sql, sqlOf, type Transaction } from '../../../platform/database/sql.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import { newId } from '../../core/newId.ts';
import { foldCase } from '../../core/text/search.ts';
import type { NewItem } from './fields.ts';

const { sql } = Prisma;

interface Where {
  readonly binId: string;
  readonly locationId: string;
}

/** An item as it is written. */
interface ItemRow extends NewItem, Where {
  readonly id: string;
  readonly nameKey: string;
  readonly position: number;
}

/** Items as rows, in their order, the first at `position`. */
export function itemRows({ binId, locationId }: Where, items: readonly NewItem[], position = 0): ItemRow[] {
  return items.map(({ name, quantity }, index) => ({
    id: newId(),
    binId,
    locationId,
    name,
    nameKey: foldCase(name),
    quantity,
    position: position + index,
  }));
}

/** Writes items of a bin that has just been written itself; they are as old as its last change. */
export async function insertItems(
  { run }: Sql,
  json: JsonSql,
  binId: string,
  items: readonly ItemRow[],
): Promise<void> {
  if (items.length === 0) return;
  const columns = { id: 'text', name: 'text', nameKey: 'text', quantity: 'int', position: 'int' } as const;
  const rows = items.map(({ id, name, nameKey, quantity, position }) => ({
    id,
    name,
    nameKey,
    quantity,
    position,
  }));
  await run(sql`
    INSERT INTO "BinItem"
      ("id", "binId", "locationId", "name", "nameKey", "quantity", "position", "createdAt", "updatedAt")
    SELECT r."id", b."id", b."locationId", r."name", r."nameKey", r."quantity", r."position",
      b."updatedAt", b."updatedAt"
    FROM ${json.records(rows, columns)} r JOIN "Bin" b ON b."id" = ${binId}`);
}

/** Puts items at the end of a bin that has just been touched; returns them as created. Call it under the location's lock. */
export async function appendItems(tx: Transaction, json: JsonSql, where: Where, items: readonly NewItem[]) {
  if (items.length === 0) return [];
  const writer = sqlOf(tx);
  const [last] = await writer.rows<{ next: number | bigint }>(sql`
    SELECT coalesce(max("position"), -1) + 1 AS "next" FROM "BinItem" WHERE "binId" = ${where.binId}`);
  const rows = itemRows(where, items, Number(last?.next ?? 0));
  await insertItems(writer, json, where.binId, rows);
  return rows;
}

/** Gives a bin these tags in the place of those that it has. */
export async function replaceTags(
  writer: Sql,
  json: JsonSql,
  binId: string,
  tags: readonly string[],
): Promise<void> {
  await writer.run(sql`DELETE FROM "BinTag" WHERE "binId" = ${binId}`);
  await addTags(writer, json, binId, tags);
}

/** Gives a bin tags that it does not have, from `position` on. */
export async function addTags(
  { run }: Sql,
  json: JsonSql,
  binId: string,
  tags: readonly string[],
  position = 0,
): Promise<void> {
  if (tags.length === 0) return;
  await run(sql`
    INSERT INTO "BinTag" ("binId", "name", "position")
    SELECT b."id", w."value", w."at" + CAST(${position} AS integer)
    FROM ${json.rows(tags)} w JOIN "Bin" b ON b."id" = ${binId}`);
}

/** The refusal of an area that is not the location's. */
export const unknownArea = () => invalid('areaId', 'unknown', 'must be an area of this location');

/** The refusal of custom fields that are not the location's. */
export const unknownFields = () =>
  invalid('customFields', 'unknown', 'must name custom fields of this location');

/** Throws INVALID_INPUT unless the fields are all among the location's. */
export async function assertFields(
  tx: Transaction,
  json: JsonSql,
  locationId: string,
  fieldIds: Iterable<string>,
): Promise<void> {
  const ids = [...fieldIds];
  if (ids.length === 0) return;
  const [known] = await sqlOf(tx).rows<{ count: number | bigint | string }>(sql`
    SELECT count(*) AS "count" FROM "CustomField" f
    WHERE f."locationId" = ${locationId} AND f."id" IN (SELECT w."value" FROM ${json.rows(ids)} w)`);
  if (Number(known?.count) !== ids.length) throw unknownFields();
}

/** Gives a bin values of custom fields that it has none of. */
export async function addFieldValues(
  tx: Transaction,
  json: JsonSql,
  binId: string,
  values: ReadonlyMap<string, string>,
): Promise<void> {
  if (values.size === 0) return;
  const rows = Array.from(values, ([fieldId, value]) => ({ fieldId, value }));
  await sqlOf(tx).run(sql`
    INSERT INTO "CustomFieldValue" ("binId", "fieldId", "value")
    SELECT b."id", r."fieldId", r."value"
    FROM ${json.records(rows, { fieldId: 'text', value: 'text' })} r JOIN "Bin" b ON b."id" = ${binId}`);
}

/** The area's name. Throws INVALID_INPUT unless the area is in the location. */
export async function areaNameIn({ rows }: Sql, locationId: string, areaId: string): Promise<string> {
  const [area] = await rows<{ name: string }>(sql`
    SELECT "name" FROM "Area" WHERE "id" = ${areaId} AND "locationId" = ${locationId}`);
  if (!area) throw unknownArea();
  return area.name;
}
