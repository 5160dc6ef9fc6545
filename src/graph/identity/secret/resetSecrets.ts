import { randomBytes } from 'node:crypto';
import type { Prisma, PrismaClient, SecretPurpose } from '../../../generated/sqlite/client.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { issueLongSecret } from './oneTimeSecrets.ts';

const minuteMs = 60_000;

/** Both kinds of secret that let somebody set a new password. */
export type ResetPurpose = Extract<SecretPurpose, 'PASSWORD_RESET' | 'MEMBER_PASSWORD_RESET'>;

/** How long a reset lives: RESTume's contract says half an hour, OpenBin's two hours (7.7). */
export const resetLifeMs = { HALF_HOUR: 30 * minuteMs, TWO_HOURS: 120 * minuteMs } as const;

/** OpenBin's are 32 random bytes, base64url (7.7); the others have the form that all links have. */
const makeText = {
  HALF_HOUR: () => undefined,
  TWO_HOURS: () => randomBytes(32).toString('base64url'),
} as const satisfies Record<keyof typeof resetLifeMs, () => string | undefined>;

/** What is to be made; `shownToId` names who is shown it instead of the mailbox. */
interface Reset {
  readonly purpose: ResetPurpose;
  readonly life: keyof typeof resetLifeMs;
  readonly shownToId?: string | null;
}

/** Makes a reset secret; every older one of the account, of either kind, stops working. */
export async function issueReset(
  tx: Prisma.TransactionClient,
  accountId: string,
  { purpose, life, shownToId = null }: Reset,
): Promise<{ text: string; expiresAt: Date }> {
  const expiresAt = new Date(Date.now() + resetLifeMs[life]);
  const other = purpose === 'PASSWORD_RESET' ? 'MEMBER_PASSWORD_RESET' : 'PASSWORD_RESET';
  await tx.oneTimeSecret.deleteMany({ where: { accountId, purpose: other } });
  const text = await issueLongSecret(tx, accountId, purpose, {
    expiresAt,
    text: makeText[life](),
    shownToId,
  });
  return { text, expiresAt };
}

/** Of which kind a reset secret is; an unknown one counts as mailed, and will be refused as such. */
export async function resetPurposeOf(db: PrismaClient, text: string): Promise<ResetPurpose> {
  const row = await db.oneTimeSecret.findUnique({
    where: { hash: sha256Hex(text) },
    select: { purpose: true },
  });
  return row?.purpose === 'MEMBER_PASSWORD_RESET' ? row.purpose : 'PASSWORD_RESET';
}
