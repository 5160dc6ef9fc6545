import { Prisma } from '../../../generated/sqlite/client.ts';
import type { Sql } from '../../../platform/database/sql.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import type { Changes } from '../activity/changes.ts';
import { insertItems, itemRows } from './contents.ts';
import type { NewItem } from './fields.ts';

const { sql } = Prisma;

interface OldItem extends NewItem {
  readonly id: string;
  readonly position: number;
}

/** Gives the items of a bin places in this order, from 0 on; others keep theirs. One statement for any number. */
export async function placeItems(
  tx: Prisma.TransactionClient,
  json: JsonSql,
  binId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw`
    UPDATE "BinItem" SET "position" = o."at" FROM ${json.rows(ids)} o
    WHERE "BinItem"."id" = o."value" AND "BinItem"."binId" = ${binId}`;
}

/**
 * Makes the items of a bin what `items` says. An item that stays, by its name, keeps its id and with
 * it whether it is checked out (OpenBin 28). Answers what the log says of it, which is names added
 * and removed. Call it under the location's lock.
 */
export async function replaceItems(
  writer: Sql,
  json: JsonSql,
  where: { readonly binId: string; readonly locationId: string },
  items: readonly NewItem[],
): Promise<Changes> {
  const { binId } = where;
  const before = await writer.rows<OldItem>(sql`
    SELECT "id", "name", "quantity", "position" FROM "BinItem"
    WHERE "binId" = ${binId} AND "deletedAt" IS NULL ORDER BY "position", "id"`);
  const byName = new Map<string, typeof before>();
  for (const item of before) byName.set(item.name, [...(byName.get(item.name) ?? []), item]);
  const changed: { readonly id: string; readonly quantity: number | null; readonly position: number }[] = [];
  const fresh: { readonly item: NewItem; readonly position: number }[] = [];
  for (const [position, item] of items.entries()) {
    const old = byName.get(item.name)?.shift();
    const { quantity } = item;
    if (!old) fresh.push({ item, position });
    else if (old.quantity !== quantity || old.position !== position)
      changed.push({ id: old.id, quantity, position });
  }
  const removed = [...byName.values()].flat();
  if (removed.length > 0) {
    const ids = json.rows(removed.map(({ id }) => id));
    await writer.run(sql`
      DELETE FROM "BinItem" WHERE "binId" = ${binId} AND "id" IN (SELECT w."value" FROM ${ids} w)`);
  }
  if (changed.length > 0) {
    const rows = json.records(changed, { id: 'text', quantity: 'int', position: 'int' });
    await writer.run(sql`
      UPDATE "BinItem" SET "quantity" = r."quantity", "position" = r."position", "updatedAt" = ${new Date()}
      FROM ${rows} r WHERE "BinItem"."id" = r."id" AND "BinItem"."binId" = ${binId}`);
  }
  const created = fresh.flatMap(({ item, position }) => itemRows(where, [item], position));
  await insertItems(writer, json, binId, created);
  return {
    ...(fresh.length > 0 && { items_added: { old: null, new: fresh.map(({ item }) => item.name) } }),
    ...(removed.length > 0 && { items_removed: { old: removed.map(({ name }) => name), new: null } }),
  };
}
