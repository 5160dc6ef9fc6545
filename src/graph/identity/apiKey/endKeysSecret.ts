import type { Prisma } from '../../../generated/sqlite/client.ts';
import { consumeLongSecret, issueLongSecret } from '../secret/oneTimeSecrets.ts';

/** The ids of keys in the data of a secret. */
function keyIdsIn(data: unknown): string[] {
  const ids: unknown = data && typeof data === 'object' && 'keyIds' in data ? data.keyIds : [];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

/**
 * Makes the token of the one link that ends keys. An account has one at a time: those of an older one that was not
 * used go along, so that the newest mail ends all of them.
 */
export async function issueEndKeys(
  tx: Prisma.TransactionClient,
  accountId: string,
  keyIds: readonly string[],
): Promise<string> {
  const purpose = 'END_KEYS';
  const older = await tx.oneTimeSecret.findUnique({
    where: { accountId_purpose: { accountId, purpose } },
    select: { data: true, usedAt: true },
  });
  const merged = new Set([...(older && !older.usedAt ? keyIdsIn(older.data) : []), ...keyIds]);
  return issueLongSecret(tx, accountId, purpose, { data: { keyIds: [...merged] } });
}

/** Uses the token up. Returns the account, locked, and which of its keys are to end. */
export async function consumeEndKeys(tx: Prisma.TransactionClient, token: string) {
  const { owner, data } = await consumeLongSecret(tx, 'END_KEYS', token);
  return { owner, keyIds: keyIdsIn(data) };
}
