import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { revokeKeys } from '../apiKey/revokeKeys.ts';
import { assertLongSecretUsable, consumeLongSecret } from '../secret/oneTimeSecrets.ts';
import { resetPurposeOf } from '../secret/resetSecrets.ts';
import { identityServices } from '../services.ts';
import { endAllSessions } from '../session/endAllSessions.ts';
import { isHeldAlone } from './isHeldAlone.ts';
import { checkNewPassword, PasswordRuleEnum } from './passwordRule.ts';
import { hashPassword } from './passwords.ts';
import { withProof } from './proveEmail.ts';

builder.relayMutationField(
  'resetPassword',
  {
    description: 'A new password for somebody who can read the account’s mail.',
    inputFields: (t) => ({
      token: t.string({
        required: true,
        description: 'From the mailed link, or from `resetMemberPassword`.',
      }),
      newPassword: t.string({ required: true, description: 'As long as `passwordRule` asks.' }),
      passwordRule: t.field({
        type: PasswordRuleEnum,
        required: true,
        defaultValue: 'STANDARD',
        description: 'What is asked of the password.',
      }),
      revokeKeys: t.boolean({
        required: true,
        defaultValue: false,
        description: 'True revokes all API keys of the account.',
      }),
    }),
  },
  {
    access: everyone,
    description:
      'Sets a new password with the token from the mail and ends every session; API keys stay, unless `revokeKeys` is true or this is the first proof of the address. The token works once, for as long as it was made for; a refused password does not use it up. One that an administrator was shown works no more once the account is of use outside of that administrator’s locations.',
    resolve: async (_root, { input }, context) => {
      const { db, services, request } = context;
      const issues = new Issues();
      const token = input.token.trim();
      if (token === '') issues.add('token', 'required', 'is required');
      const password = await checkNewPassword(
        context,
        issues,
        'newPassword',
        input.newPassword,
        input.passwordRule,
      );
      issues.throwIfAny();
      await identityServices({ services }).countAnonymousWork(request.address);
      // Before the costly hash, so that made-up tokens cannot keep the hasher busy.
      const purpose = await resetPurposeOf(db, token);
      const accountId = await assertLongSecretUsable(db, purpose, token);
      const passwordHash = await hashPassword(services, password);
      const account = await withProof(context, accountId, async (tx, { security, prove }) => {
        const { owner, shownToId } = await consumeLongSecret(tx, purpose, token);
        // Judged again: since it was shown the member may have come to own something, or have left. The
        // transaction ends well, so that the token stays used up also when things are as before.
        if (shownToId !== null && !(await isHeldAlone(services, tx, shownToId, owner.id))) return null;
        // Only who reads the mailbox has proven the address; an administrator's token says nothing about it.
        if (purpose === 'PASSWORD_RESET') await prove(owner, 'RESET');
        if (input.revokeKeys) await revokeKeys(tx, security, owner, 'all', 'PASSWORD_RESET');
        await tx.account.update({ where: { id: owner.id }, data: { passwordHash } });
        await endAllSessions(tx, owner.id);
        const details = { method: shownToId === null ? 'MAIL' : 'MEMBER_RESET' };
        await security.record(tx, { name: 'password_reset', account: owner, details });
        const to = { accountId: owner.id, email: owner.email };
        await security.notify(tx, { kind: 'password_reset', ...to, data: {} });
        return owner;
      });
      if (!account) throw new DomainError('SECRET_INVALID');
      return { accountId: account.id };
    },
  },
  {
    description: 'Whose password was set. This signs no one in.',
    outputFields: (t) => ({ accountId: t.exposeID('accountId', { description: 'UUID of the account.' }) }),
  },
);
