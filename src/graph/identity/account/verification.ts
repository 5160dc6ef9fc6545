import type { Account, Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { issueLongSecret } from '../secret/oneTimeSecrets.ts';
import { identityServices } from '../services.ts';
import { sendVerificationCode, sendVerificationLink, type Verification } from './mails.ts';

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

/**
 * Makes the secrets of a verification: the link or code, and the way to disown an account that was never proven. The
 * account's older ones by the same method stop working.
 */
export async function issueVerification(
  { services }: GraphContext,
  db: PrismaClient | Prisma.TransactionClient,
  { id, firstProvenAt }: Account,
  method: VerificationMethod,
): Promise<Verification> {
  return {
    secret:
      method === 'CODE'
        ? await identityServices({ services }).codes.issue(db, id)
        : await issueLongSecret(db, id, 'EMAIL_LINK'),
    disownToken: firstProvenAt ? null : await issueLongSecret(db, id, 'DISOWN_ACCOUNT'),
  };
}

/** Mails what {@link issueVerification} made. */
export function sendVerification(
  context: GraphContext,
  email: string,
  method: VerificationMethod,
  verification: Verification,
): void {
  if (method === 'CODE') sendVerificationCode(context, email, verification);
  else sendVerificationLink(context, email, verification);
}
