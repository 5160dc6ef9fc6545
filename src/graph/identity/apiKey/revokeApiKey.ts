import { notFound } from '../../../errors/domainError.ts';
import type { PrismaClient } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { Services } from '../../core/services.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { apiKeyPayload } from './types.ts';

/**
 * Revokes a key, at once and everywhere, and disconnects the tunnels whose agents came with it.
 * A key that was revoked before keeps its time, or is as good as none with `onlyActive`.
 * Throws NOT_FOUND for a key that is not the account's.
 */
export async function revokeKey(
  db: PrismaClient,
  services: Services,
  accountId: string,
  id: string,
  onlyActive = false,
) {
  const key = await db.$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { id, accountId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    const found = await tx.apiKey.findFirst({ where: { id, accountId } });
    if (!found || (onlyActive && count === 0)) throw notFound('API key');
    await tx.tunnel.updateMany({ where: { agentKeyId: id }, data: { status: 'INACTIVE', agentKeyId: null } });
    return found;
  });
  await services.credentials.forget(accountId);
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
      'Revokes one of your keys: it is refused from the next request on. Doing it twice changes nothing.',
    resolve: async (_root, { input: { id, onlyActive } }, context) => {
      const { account } = requireCaller(context);
      return { apiKey: await revokeKey(context.db, context.services, account.id, id, onlyActive ?? false) };
    },
  },
  apiKeyPayload('The revoked key.'),
);
