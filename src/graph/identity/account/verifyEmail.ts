import { invalid } from '../../../errors/issues.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { assertLongSecretUsable, consumeLongSecret } from '../secret/oneTimeSecrets.ts';
import { identityServices } from '../services.ts';
import { withProof } from './proveEmail.ts';
import { snapshotOf } from './snapshot.ts';
import { accountPayload } from './type.ts';

builder.relayMutationField(
  'verifyEmail',
  {
    description: 'The proof of an address.',
    inputFields: (t) => ({ token: t.string({ required: true, description: 'From the mailed link.' }) }),
  },
  {
    access: everyone,
    description:
      'Proves an address with the token from the mail; the token works once, for 24 hours. Ends what was set up in the account before, such as sessions and keys. Only for a new address of an account that has proven one before, and with a session of that account, it ends nothing.',
    resolve: async (_root, { input }, context) => {
      const { db, services, request } = context;
      const token = input.token.trim();
      if (token === '') throw invalid('token', 'required', 'is required');
      await identityServices({ services }).countAnonymousWork(request.address);
      const accountId = await assertLongSecretUsable(db, 'EMAIL_LINK', token);
      const account = await withProof(context, accountId, async (tx, { prove }) =>
        prove((await consumeLongSecret(tx, 'EMAIL_LINK', token)).owner, 'LINK'),
      );
      return { account: snapshotOf(account) };
    },
  },
  accountPayload('The account, its address now proven. This signs no one in.'),
);
