import { Issues } from '../../../errors/issues.ts';
import { everyone } from '../../core/access.ts';
import { afterAnswerMs } from '../../core/background.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { issueReset, type resetLifeMs } from '../secret/resetSecrets.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { accountByAddress } from './accountByAddress.ts';
import { sendPasswordReset } from './mails.ts';
import { checkEmail, isPossibleEmail } from './rules.ts';
import { acceptedPayload } from './type.ts';

const ResetLife = builder.enumType('ResetLife', {
  description: 'How long a link for a new password works.',
  values: {
    HALF_HOUR: { description: '30 minutes.' },
    TWO_HOURS: { description: '2 hours.' },
  } satisfies Record<keyof typeof resetLifeMs, unknown>,
});

async function mailReset(
  context: GraphContext,
  email: string,
  life: keyof typeof resetLifeMs,
): Promise<void> {
  const account = await accountByAddress(context.db, email);
  if (!account?.active || account.releasedEmail !== null) return;
  // An account by an identity alone has no password to reset, unless that identity was unlinked by mail.
  if (
    !account.passwordHash &&
    (await context.db.linkedIdentity.count({ where: { accountId: account.id } })) > 0
  )
    return;
  if (!(await identityServices(context).mailLimits.allow('reset', email, context.request.address))) return;
  const security = securityLog(context);
  const { text } = await context.db.$transaction(async (tx) => {
    await security.record(tx, { name: 'password_reset_requested', account });
    return issueReset(tx, account.id, { purpose: 'PASSWORD_RESET', life });
  });
  security.committed();
  sendPasswordReset(context, account.email, text, life);
}

builder.relayMutationField(
  'requestPasswordReset',
  {
    description: 'Whose password is to be reset.',
    inputFields: (t) => ({
      email: t.string({ required: true, description: 'The address of the account.' }),
      life: t.field({
        type: ResetLife,
        required: true,
        defaultValue: 'HALF_HOUR',
        description: 'How long the link works.',
      }),
    }),
  },
  {
    access: everyone,
    description:
      'Mails a link to set a new password, if there is such an account. Accepts it in any case, and as fast.',
    resolve: async (_root, { input }, context) => {
      const issues = new Issues();
      const email = checkEmail(issues, 'email', input.email, isPossibleEmail);
      issues.throwIfAny();
      await identityServices(context).countAnonymousWork(context.request.address);
      // All that depends on the account happens after the answer: its time tells nothing.
      const work = () => mailReset(context, email, input.life);
      context.services.background.run('mail a password reset', work, afterAnswerMs);
      return { accepted: true } as const;
    },
  },
  acceptedPayload,
);
