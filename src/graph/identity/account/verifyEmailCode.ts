import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import type { Account } from '../../../generated/sqlite/client.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { isCodeForm, takeTry, useCode } from '../secret/codes.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { accountByAddress } from './accountByAddress.ts';
import { proveEmail } from './proveEmail.ts';
import { checkEmail } from './rules.ts';
import { snapshotOf } from './snapshot.ts';
import { accountPayload } from './type.ts';

/** The account whose code it is, now proven. Unknown address, wrong, used up and expired are one: CODE_INVALID. */
async function proveByCode(context: GraphContext, email: string, code: string): Promise<Account> {
  const { db, services } = context;
  const known = await accountByAddress(db, email);
  // An unknown address takes the same statements as a known one.
  const secret = await takeTry(db, known?.id ?? 'none');
  if (!secret || !identityServices({ services }).codes.matches(secret, code))
    throw new DomainError('CODE_INVALID');
  const security = securityLog(context);
  const proven = await db.$transaction(async (tx) => {
    const account = await lockAccountIfThere(tx, secret.accountId);
    if (!account || !(await useCode(tx, secret))) throw new DomainError('CODE_INVALID');
    return proveEmail(services.lifecycle, tx, account, security);
  });
  security.committed();
  return proven;
}

builder.relayMutationField(
  'verifyEmailCode',
  {
    description: 'The proof of an address by code.',
    inputFields: (t) => ({
      email: t.string({ required: true, description: 'The address that the code was mailed to.' }),
      code: t.string({ required: true, description: 'The six digits from the mail.' }),
    }),
  },
  {
    access: everyone,
    description:
      'Proves an address with the code from the mail; the code works once, for 15 minutes, and dies of five wrong tries.',
    resolve: async (_root, { input }, context) => {
      const issues = new Issues();
      const email = checkEmail(issues, 'email', input.email);
      const code = input.code.trim();
      if (code === '') issues.add('code', 'required', 'is required');
      issues.throwIfAny();
      if (!isCodeForm(code)) throw new DomainError('CODE_INVALID');
      const account = await proveByCode(context, email, code);
      await context.services.credentials.forget(account.id);
      return { account: snapshotOf(account) };
    },
  },
  accountPayload('The account, its address now proven. This signs no one in.'),
);
