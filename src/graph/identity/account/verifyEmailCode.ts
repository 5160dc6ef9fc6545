import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import type { Account } from '../../../generated/sqlite/client.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { isCodeForm, takeTry, useCode } from '../secret/codes.ts';
import { identityServices } from '../services.ts';
import { accountByAddress } from './accountByAddress.ts';
import { withProof } from './proveEmail.ts';
import { checkEmail } from './rules.ts';
import { snapshotOf } from './snapshot.ts';
import { accountPayload } from './type.ts';

/** The account whose code it is, now proven. Unknown address, wrong, used up and expired are one: CODE_INVALID. */
async function proveByCode(context: GraphContext, email: string, code: string): Promise<Account> {
  const { db, services, request } = context;
  const known = await accountByAddress(db, email);
  // An unknown address takes the same statements as a known one.
  const secret = await takeTry(db, known?.id ?? 'none', request.address);
  if (!secret || !identityServices({ services }).codes.matches(secret, code))
    throw new DomainError('CODE_INVALID');
  return withProof(context, secret.accountId, async (tx, { prove }) => {
    const account = await lockAccountIfThere(tx, secret.accountId);
    if (!account || !(await useCode(tx, secret))) throw new DomainError('CODE_INVALID');
    return prove(account, 'CODE');
  });
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
      'Proves an address with the code from the mail; the code works once, for 15 minutes, and dies of five wrong tries of one client or twenty in all. Ends what `verifyEmail` ends.',
    resolve: async (_root, { input }, context) => {
      const issues = new Issues();
      const email = checkEmail(issues, 'email', input.email);
      const code = input.code.trim();
      if (code === '') issues.add('code', 'required', 'is required');
      issues.throwIfAny();
      if (!isCodeForm(code)) throw new DomainError('CODE_INVALID');
      const account = await proveByCode(context, email, code);
      return { account: snapshotOf(account) };
    },
  },
  accountPayload('The account, its address now proven. This signs no one in.'),
);
