import { invalid } from '../../../errors/issues.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { consumeLongSecret } from '../secret/oneTimeSecrets.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { proveEmail } from './proveEmail.ts';
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
    description: 'Proves an address with the token from the mail; the token works once, for 24 hours.',
    resolve: async (_root, { input }, context) => {
      const { db, services, request } = context;
      const token = input.token.trim();
      if (token === '') throw invalid('token', 'required', 'is required');
      await identityServices({ services }).countAnonymousWork(request.address);
      const security = securityLog(context);
      const account = await db.$transaction(async (tx) =>
        proveEmail(
          services.lifecycle,
          tx,
          (await consumeLongSecret(tx, 'EMAIL_LINK', token)).owner,
          security,
        ),
      );
      security.committed();
      await services.credentials.forget(account.id);
      return { account: snapshotOf(account) };
    },
  },
  accountPayload('The account, its address now proven. This signs no one in.'),
);
