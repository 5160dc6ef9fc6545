import { notFound } from '../../../errors/domainError.ts';
import { administrator } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { revokeKey } from '../apiKey/revokeApiKey.ts';
import { apiKeyPayload } from '../apiKey/types.ts';

const RevokeAnyApiKeyInput = builder.inputType('RevokeAnyApiKeyInput', {
  description: 'The key that is to be refused.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The key.' }) }),
});

builder.mutationField('revokeAnyApiKey', (t) =>
  t.field({
    access: administrator,
    type: apiKeyPayload('RevokeAnyApiKeyPayload', 'The revoked key.'),
    description: 'Revokes the key of any account. For administrators.',
    args: { input: t.arg({ type: RevokeAnyApiKeyInput, required: true, description: 'Which key.' }) },
    resolve: async (_root, { input: { id } }, { db, services }) => {
      const key = await db.apiKey.findUnique({ where: { id }, select: { accountId: true } });
      if (!key) throw notFound('API key');
      return { apiKey: await revokeKey(db, services, key.accountId, id) };
    },
  }),
);
