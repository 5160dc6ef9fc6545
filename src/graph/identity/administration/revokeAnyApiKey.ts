import { notFound } from '../../../errors/domainError.ts';
import { administrator } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { revokeKey } from '../apiKey/revokeApiKey.ts';
import { apiKeyPayload } from '../apiKey/types.ts';

builder.relayMutationField(
  'revokeAnyApiKey',
  {
    description: 'The key that is to be refused.',
    inputFields: (t) => ({ id: t.id({ required: true, description: 'The key.' }) }),
  },
  {
    access: administrator,
    description: 'Revokes the key of any account, and the keys that it has created. For administrators.',
    resolve: async (_root, { input: { id } }, context) => {
      const key = await context.db.apiKey.findUnique({ where: { id }, select: { accountId: true } });
      if (!key) throw notFound('API key');
      const apiKey = await revokeKey(context, {
        id,
        lock: (tx) => lockAccountIfThere(tx, key.accountId),
        reachesCreated: true,
        reason: 'BY_ADMINISTRATOR',
      });
      return { apiKey };
    },
  },
  apiKeyPayload('The revoked key.'),
);
