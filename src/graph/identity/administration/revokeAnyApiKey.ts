import { DomainError } from '../../../errors/domainError.ts';
import { administrator } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { revokeKey } from '../apiKey/revokeApiKey.ts';
import { ApiKeyType } from '../apiKey/types.ts';

builder.mutationField('revokeAnyApiKey', (t) =>
  t.field({
    access: administrator,
    type: ApiKeyType,
    description: 'Revokes anybody’s key. For administrators.',
    args: { id: t.arg.id({ required: true, description: 'The key.' }) },
    resolve: async (_root, { id }, { db, services }) => {
      const key = await db.apiKey.findUnique({ where: { id }, select: { accountId: true } });
      if (!key) throw new DomainError('NOT_FOUND');
      return revokeKey(db, services, key.accountId, id);
    },
  }),
);
