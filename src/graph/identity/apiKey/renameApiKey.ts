import { notFound } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockCaller } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { keyNameOf } from './formats.ts';
import { apiKeyPayload } from './types.ts';

builder.relayMutationField(
  'renameApiKey',
  {
    description: 'What a key is to be called.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'The key.' }),
      name: t.string({ required: true, description: 'As in `createApiKey`.' }),
    }),
  },
  {
    access: signedIn,
    description: 'Renames one of your keys, a revoked one too. Throws NOT_FOUND.',
    resolve: async (_root, { input: { id, name } }, context) => {
      const caller = requireCaller(context);
      const accountId = caller.account.id;
      const apiKey = await context.db.$transaction(async (tx) => {
        await lockCaller(tx, caller);
        const found = await tx.apiKey.findFirst({ where: { id, accountId }, select: { format: true } });
        if (!found) throw notFound('API key');
        return tx.apiKey.update({ where: { id }, data: { name: keyNameOf(name, found.format) } });
      });
      // A caller carries the name of the key, which the log of locations shows.
      await context.services.credentials.forget(accountId);
      return { apiKey };
    },
  },
  apiKeyPayload('The key under its new name.'),
);
