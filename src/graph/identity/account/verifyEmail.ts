import { invalid } from '../../../errors/issues.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { consumeLongSecret } from '../secret/oneTimeSecrets.ts';
import { proveEmail } from './proveEmail.ts';
import { type AccountSnapshot, snapshotOf } from './snapshot.ts';
import { AccountType } from './type.ts';

const VerifyEmailInput = builder.inputType('VerifyEmailInput', {
  description: 'The proof of an address.',
  fields: (t) => ({ token: t.string({ required: true, description: 'From the mailed link.' }) }),
});

/** The answer of both ways to prove an address. */
export const VerifyEmailPayload = builder
  .objectRef<{ account: AccountSnapshot }>('VerifyEmailPayload')
  .implement({
    description: 'The account, its address now proven. Nobody is signed in by this.',
    fields: (t) => ({ account: t.expose('account', { type: AccountType, description: 'The account.' }) }),
  });

builder.mutationField('verifyEmail', (t) =>
  t.field({
    access: everyone,
    type: VerifyEmailPayload,
    description: 'Proves an address with the token from the mail; the token works once, for 24 hours.',
    args: { input: t.arg({ type: VerifyEmailInput, required: true, description: 'The proof.' }) },
    resolve: async (_root, { input }, { db, services, request }) => {
      const token = input.token.trim();
      if (token === '') throw invalid('token', 'required', 'is required');
      await services.countAnonymousWork(request.address);
      const account = await db.$transaction(async (tx) =>
        proveEmail(tx, (await consumeLongSecret(tx, 'EMAIL_LINK', token)).owner),
      );
      await services.credentials.forget(account.id);
      return { account: snapshotOf(account) };
    },
  }),
);
