import { Issues } from '../../../errors/issues.ts';
import { everyone } from '../../core/access.ts';
import { afterAnswerMs } from '../../core/background.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { identityServices } from '../services.ts';
import { accountByAddress } from './accountByAddress.ts';
import { checkEmail } from './rules.ts';
import { acceptedPayload } from './type.ts';
import {
  issueVerification,
  sendVerification,
  type VerificationMethod,
  VerificationMethodEnum,
} from './verification.ts';

async function resend(context: GraphContext, email: string, method: VerificationMethod): Promise<void> {
  const account = await accountByAddress(context.db, email);
  if (!account?.active || account.emailVerifiedAt) return;
  if (!(await identityServices(context).mailLimits.allow('verification', email, context.request.address)))
    return;
  sendVerification(
    context,
    account.email,
    method,
    await issueVerification(context, context.db, account, method),
  );
}

builder.relayMutationField(
  'resendVerification',
  {
    description: 'Whose address still waits for its proof.',
    inputFields: (t) => ({
      email: t.string({ required: true, description: 'The address of the account.' }),
      method: t.field({
        type: VerificationMethodEnum,
        required: true,
        defaultValue: 'LINK',
        description: 'What to mail; the older one of the same kind stops working.',
      }),
    }),
  },
  {
    access: everyone,
    description:
      'Mails a new verification link or code, if there is such an account and it is not verified: at most one a minute and five an hour for each client, and twenty an hour in all, of either kind. Accepts it in any case, and as fast.',
    resolve: async (_root, { input }, context) => {
      const issues = new Issues();
      const email = checkEmail(issues, 'email', input.email);
      issues.throwIfAny();
      await identityServices(context).countAnonymousWork(context.request.address);
      const work = () => resend(context, email, input.method);
      context.services.background.run('mail a verification', work, afterAnswerMs);
      return { accepted: true } as const;
    },
  },
  acceptedPayload,
);
