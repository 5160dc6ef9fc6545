import type { Prisma } from '../../generated/sqlite/client.ts';
import type { Changes } from '../activity/changes.ts';
import type { JsonSql } from '../shared/jsonSql.ts';
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
  const kept: {
    readonly id: string;
    readonly quantity: number | null;
    readonly changed: boolean;
    readonly at: number;
  }[] = [];
  const fresh: { readonly item: NewItem; readonly at: number }[] = [];
  for (const [at, item] of items.entries()) {
    const old = byName.get(item.name)?.shift();
    if (old) kept.push({ id: old.id, quantity: item.quantity, changed: old.quantity !== item.quantity, at });
    else fresh.push({ item, at });
  }
  const removed = [...byName.values()].flat();
  if (removed.length > 0) await tx.binItem.deleteMany({ where: { id: { in: removed.map(({ id }) => id) } } });
  for (const { id, quantity, changed } of kept) {
    if (changed) await tx.binItem.update({ where: { id }, data: { quantity } });
  }
  const made =
    fresh.length === 0
      ? []
      : await tx.binItem.createManyAndReturn({
          data: itemRows(
            where,
            fresh.map(({ item }) => item),
          ),
          select: { id: true, position: true },
        });
  const order: string[] = [];
  for (const { id, at } of kept) order[at] = id;
  for (const { id, position } of made) order[(fresh[position] as (typeof fresh)[number]).at] = id;
  await placeItems(tx, json, binId, order);
  return {
    ...(fresh.length > 0 && { items_added: { old: null, new: fresh.map(({ item }) => item.name) } }),
    ...(removed.length > 0 && { items_removed: { old: removed.map(({ name }) => name), new: null } }),
  };
}
