import type { Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { issueLongSecret } from '../secret/oneTimeSecrets.ts';
import { identityServices } from '../services.ts';
import { sendVerificationCode, sendVerificationLink } from './mails.ts';

/** How somebody proves an address. */
export const VerificationMethodEnum = builder.enumType('VerificationMethod', {
  description: 'What is mailed to prove an address.',
  values: {
    LINK: { description: 'A link that works once, for 24 hours; see `verifyEmail`.' },
    CODE: { description: 'Six digits that work once, for 15 minutes; see `verifyEmailCode`.' },
  } as const,
});

/** One of {@link VerificationMethodEnum}. */
export type VerificationMethod = typeof VerificationMethodEnum.$inferType;

/** Makes the secret of a verification; the account's older one by the same method stops working. */
export function issueVerification(
  { services }: GraphContext,
  db: PrismaClient | Prisma.TransactionClient,
  accountId: string,
  method: VerificationMethod,
): Promise<string> {
  return method === 'CODE'
    ? identityServices({ services }).codes.issue(db, accountId)
    : issueLongSecret(db, accountId, 'EMAIL_LINK');
}

/** Mails what {@link issueVerification} made. */
export function sendVerification(
  context: GraphContext,
  email: string,
  method: VerificationMethod,
  secret: string,
): void {
  if (method === 'CODE') sendVerificationCode(context, email, secret);
  else sendVerificationLink(context, email, secret);
}
