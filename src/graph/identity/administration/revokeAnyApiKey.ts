import { notFound } from '../../../errors/domainError.ts';
import { administrator } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
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
    description: 'Revokes the key of any account. For administrators.',
    resolve: async (_root, { input: { id } }, { db, services }) => {
      const key = await db.apiKey.findUnique({ where: { id }, select: { accountId: true } });
      if (!key) throw notFound('API key');
      return { apiKey: await revokeKey(db, services, key.accountId, id) };
    },
  },
  apiKeyPayload('The revoked key.'),
);
