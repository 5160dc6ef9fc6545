import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { SecurityLog } from '../security/events.ts';

/** Why a key is revoked, as its event tells. */
export type RevocationReason =
  | 'BY_OWNER'
  | 'BY_ADMINISTRATOR'
  /** A key that created it, directly or not, was revoked. */
  | 'WITH_ITS_CREATOR'
  | 'FIRST_PROOF'
  | 'PASSWORD_RESET'
  /** It was created since a change of the address that was undone. */
  | 'ADDRESS_CHANGE_UNDONE'
  /** It was created since an identity was linked whose link was undone. */
  | 'IDENTITY_LINK_UNDONE'
  /** Its account waits for its deletion. */
  | 'DELETION'
  /** Its account was removed from the VPN organization that it is bound to. */
  | 'LEFT_ORGANIZATION'
  /** By the link in a mail about keys that were left behind. */
  | 'BY_LINK';

/** The owner of the keys, locked by the caller. */
interface Owner {
  readonly id: string;
  readonly email: string;
}

/**
 * Revokes those of an account's keys that are still active, all of them or those that a condition fits, disconnects
 * the tunnels whose agents came with them, and records one event for each. Call it under the account's lock, so that
 * no key that is being created slips through, and `credentials.forget` after the commit.
 */
export async function revokeKeys(
  tx: Prisma.TransactionClient,
  security: SecurityLog,
  account: Owner,
  which: 'all' | Prisma.ApiKeyWhereInput,
  reason: RevocationReason,
): Promise<number> {
  const revoked = await tx.apiKey.updateManyAndReturn({
    where: { ...(which !== 'all' && which), accountId: account.id, revokedAt: null },
    data: { revokedAt: new Date() },
    select: { id: true, name: true, prefix: true, format: true },
  });
  if (revoked.length === 0) return 0;
  await tx.tunnel.updateMany({
    where: { agentKeyId: { in: revoked.map(({ id }) => id) } },
    data: { status: 'INACTIVE', agentKeyId: null },
  });
  for (const { id, name, prefix, format } of revoked) {
    await security.record(tx, {
      name: 'key_revoked',
      account,
      target: { type: 'api_key', id, name },
      credentialPrefix: prefix,
      details: { format, reason },
    });
  }
  return revoked.length;
}
