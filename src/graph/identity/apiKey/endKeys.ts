import { invalid } from '../../../errors/issues.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { activeKeysCreatedBy } from './createdKeys.ts';
import { consumeEndKeys } from './endKeysSecret.ts';
import { revokeKeys } from './revokeKeys.ts';

builder.relayMutationField(
  'endKeys',
  {
    description: 'The proof that it is the owner who ends the keys.',
    inputFields: (t) => ({ token: t.string({ required: true, description: 'From the mailed link.' }) }),
  },
  {
    // The token is the permission.
    access: everyone,
    description:
      'Revokes the keys that a mail names, which were created by a key that is gone, and all keys that they have created since. The token works once, for seven days.',
    resolve: async (_root, { input }, context) => {
      const token = input.token.trim();
      if (token === '') throw invalid('token', 'required', 'is required');
      await identityServices(context).countAnonymousWork(context.request.address);
      const security = securityLog(context);
      const { accountId, revokedCount } = await context.db.$transaction(async (tx) => {
        const { owner, keyIds } = await consumeEndKeys(tx, token);
        const created = await activeKeysCreatedBy(tx, owner.id, keyIds);
        const ids = [...keyIds, ...created];
        return {
          accountId: owner.id,
          revokedCount: await revokeKeys(tx, security, owner, { id: { in: ids } }, 'BY_LINK'),
        };
      });
      await context.services.credentials.forget(accountId);
      security.committed();
      return { revokedCount };
    },
  },
  {
    description: 'What was revoked. This signs no one in.',
    outputFields: (t) => ({
      revokedCount: t.exposeInt('revokedCount', { description: 'How many keys were still active.' }),
    }),
  },
);
