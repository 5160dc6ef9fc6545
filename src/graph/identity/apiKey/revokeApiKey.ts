import { notFound } from '../../../errors/domainError.ts';
import type { Account, ApiKey, Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { securityLog } from '../security/events.ts';
import { lockCaller } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { activeKeysCreatedBy } from './createdKeys.ts';
import { type RevocationReason, revokeKeys } from './revokeKeys.ts';
import { apiKeyPayload } from './types.ts';

/** Which key is to be revoked, and how far that reaches. */
interface Revocation {
  readonly id: string;
  /** Locks the account of the key; its owner is whom it returns. Null when it is gone. */
  readonly lock: (tx: Prisma.TransactionClient) => Promise<Account | null>;
  /** A key that was revoked before is as good as none. */
  readonly onlyActive?: boolean;
  /** True revokes the keys that it has created as well; else they live on, and the owner is mailed a link that ends them. */
  readonly reachesCreated: boolean;
  readonly reason: RevocationReason;
}

/**
 * Revokes a key, at once and everywhere, and disconnects the tunnels whose agents came with it. A key that was revoked
 * before keeps its time. Throws NOT_FOUND for a key that is not the account's.
 */
export async function revokeKey(
  context: GraphContext,
  { id, lock, onlyActive = false, reachesCreated, reason }: Revocation,
): Promise<ApiKey> {
  const security = securityLog(context);
  const key = await context.db.$transaction(async (tx) => {
    const account = await lock(tx);
    const found = account && (await tx.apiKey.findFirst({ where: { id, accountId: account.id } }));
    if (!account || !found || (onlyActive && found.revokedAt)) throw notFound('API key');
    const created = await activeKeysCreatedBy(tx, account.id, [id]);
    await revokeKeys(tx, security, account, { id }, reason);
    if (reachesCreated) {
      await revokeKeys(tx, security, account, { id: { in: created } }, 'WITH_ITS_CREATOR');
    } else if (!found.revokedAt && created.length > 0) {
      await security.notify(tx, {
        kind: 'keys_left',
        accountId: account.id,
        email: account.email,
        data: { name: found.name, prefix: found.prefix, keyIds: created },
      });
    }
    return found.revokedAt ? found : tx.apiKey.findUniqueOrThrow({ where: { id } });
  });
  await context.services.credentials.forget(key.accountId);
  security.committed();
  return key;
}

builder.relayMutationField(
  'revokeApiKey',
  {
    description: 'The key that is to be refused.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'The key.' }),
      onlyActive: t.boolean({ description: 'True throws NOT_FOUND for a key that was revoked before.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Revokes one of your keys: it is refused from the next request on. With a session it revokes the keys that it has created as well (`ApiKey.revocationPreview`). With a key those live on, and you are mailed a link that ends them. Doing it twice changes nothing.',
    resolve: async (_root, { input: { id, onlyActive } }, context) => {
      const caller = requireCaller(context);
      const apiKey = await revokeKey(context, {
        id,
        lock: (tx) => lockCaller(tx, caller),
        onlyActive: onlyActive ?? false,
        // A stolen key must not end the keys of its owner's programs by revoking the one that created them.
        reachesCreated: caller.credential.kind !== 'API_KEY',
        reason: 'BY_OWNER',
      });
      return { apiKey };
    },
  },
  apiKeyPayload('The revoked key.'),
);
