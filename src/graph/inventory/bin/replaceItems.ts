import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import type { Changes } from '../activity/changes.ts';
import { itemRows } from './contents.ts';
import type { NewItem } from './fields.ts';

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
  tx: Prisma.TransactionClient,
  json: JsonSql,
  where: { readonly binId: string; readonly locationId: string },
  items: readonly NewItem[],
): Promise<Changes> {
  const { binId } = where;
  const before = await tx.binItem.findMany({
    where: { binId, deletedAt: null },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
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
  if (removed.length > 0) await tx.binItem.deleteMany({ where: { id: { in: removed.map(({ id }) => id) } } });
  if (changed.length > 0) {
    const rows = json.records(changed, { id: 'text', quantity: 'int', position: 'int' });
    await tx.$executeRaw`
      UPDATE "BinItem" SET "quantity" = r."quantity", "position" = r."position", "updatedAt" = ${new Date()}
      FROM ${rows} r WHERE "BinItem"."id" = r."id" AND "BinItem"."binId" = ${binId}`;
  }
  if (fresh.length > 0) {
    await tx.binItem.createMany({
      data: fresh.flatMap(({ item, position }) => itemRows(where, [item], position)),
    });
  }
  return {
    ...(fresh.length > 0 && { items_added: { old: null, new: fresh.map(({ item }) => item.name) } }),
    ...(removed.length > 0 && { items_removed: { old: removed.map(({ name }) => name), new: null } }),
  };
}
