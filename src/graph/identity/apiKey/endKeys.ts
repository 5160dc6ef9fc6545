import type { Account, Prisma } from '../../../generated/sqlite/client.ts';
import type { SecurityLog } from '../security/events.ts';

/** Which keys are to end, and what their events tell of it. */
interface Ending {
  readonly where: Prisma.ApiKeyWhereInput;
  readonly details: Prisma.InputJsonObject;
}

/** Revokes live keys of an account, disconnects the tunnels of their agents, and records each. Returns how many. */
export async function endKeys(
  tx: Prisma.TransactionClient,
  security: SecurityLog,
  account: Account,
  { where, details }: Ending,
): Promise<number> {
  const keys = await tx.apiKey.updateManyAndReturn({
    where: { ...where, accountId: account.id, revokedAt: null },
    data: { revokedAt: new Date() },
    select: { id: true, name: true, prefix: true },
  });
  if (keys.length === 0) return 0;
  await tx.tunnel.updateMany({
    where: { accountId: account.id, agentKey: { revokedAt: { not: null } } },
    data: { status: 'INACTIVE', agentKeyId: null },
  });
  for (const { id, name, prefix } of keys) {
    await security.record(tx, {
      name: 'key_revoked',
      account,
      target: { type: 'api_key', id, name },
      credentialPrefix: prefix,
      details,
    });
  }
  return keys.length;
}
