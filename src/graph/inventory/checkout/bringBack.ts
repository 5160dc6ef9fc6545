import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import type { BinHead } from '../bin/access.ts';
import { moveToEnd } from '../item/moveToEnd.ts';
import { touchBins } from '../item/touchBins.ts';
import { lockLocation, lockLocationKeepingVersion } from '../location/roles.ts';

/** An item that is out. */
export interface Out {
  readonly id: string;
  readonly itemId: string;
  readonly originBinId: string;
}

/** The turn to take for what is brought back: only with a target it changes what a search finds. */
export const lockFor = (target: unknown): typeof lockLocation =>
  target ? lockLocation : lockLocationKeepingVersion;

/**
 * Ends checkouts; with a target, the items go to its end. Call it in the turn that `lockFor` tells, after
 * a second look at the target.
 */
export async function bringBack(
  tx: Prisma.TransactionClient,
  json: JsonSql,
  checkouts: readonly Out[],
  returnedById: string,
  target: BinHead | undefined,
): Promise<void> {
  const ids = checkouts.map(({ id }) => id);
  // In SQL because each goes back to a bin of its own.
  await tx.$executeRaw`
    UPDATE "Checkout" SET "activeItemId" = NULL, "returnedAt" = ${new Date()},
      "returnedById" = ${returnedById}, "returnBinId" = coalesce(${target?.id ?? null}, "originBinId")
    WHERE "id" IN (SELECT o."value" FROM ${json.rows(ids)} o)`;
  if (!target) return;
  await touchBins(tx, [target.id, ...checkouts.map(({ originBinId }) => originBinId)]);
  await moveToEnd(
    tx,
    json,
    target.id,
    checkouts.map(({ itemId }) => itemId),
  );
}
