import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { JsonSql } from '../../core/jsonSql.ts';

/**
 * Puts items of a location at the end of one of its bins, in this order; call it under the location's lock.
 * Those that are out go back there once they are returned: a checkout is found where its item lies.
 */
export async function moveToEnd(
  tx: Prisma.TransactionClient,
  json: JsonSql,
  binId: string,
  ids: readonly string[],
): Promise<void> {
  const { _max } = await tx.binItem.aggregate({ where: { binId }, _max: { position: true } });
  const from = (_max.position ?? -1) + 1;
  await tx.$executeRaw`
    UPDATE "BinItem" SET "binId" = ${binId}, "position" = o."at" + ${from}, "updatedAt" = ${new Date()}
    FROM ${json.rows(ids)} o WHERE "BinItem"."id" = o."value"`;
  await tx.$executeRaw`
    UPDATE "Checkout" SET "originBinId" = ${binId}
    WHERE "activeItemId" IN (SELECT o."value" FROM ${json.rows(ids)} o)`;
}
