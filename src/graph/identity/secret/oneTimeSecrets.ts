import { randomBytes } from 'node:crypto';
import { DomainError } from '../../../errors/domainError.ts';
import {
  type Account,
  Prisma,
  type PrismaClient,
  type SecretPurpose,
} from '../../../generated/sqlite/client.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { newId } from '../../core/newId.ts';

const hourMs = 3600_000;
const dayMs = 24 * hourMs;

/** Long secrets cannot be guessed; codes (codes.ts) can, and are another matter. */
type LongSecretPurpose = Exclude<SecretPurpose, 'EMAIL_CODE'>;

/** How long each kind lives (Binboi 1.1, RESTume "reset-password"). */
const lifeMs: Record<LongSecretPurpose, number> = {
  EMAIL_LINK: 24 * hourMs,
  PASSWORD_RESET: hourMs / 2,
  MEMBER_PASSWORD_RESET: 2 * hourMs,
  DISOWN_ACCOUNT: 7 * dayMs,
  END_KEYS: 7 * dayMs,
  REVIEW_MEMBERS: 7 * dayMs,
  UNLINK_IDENTITY: 7 * dayMs,
  RESTORE_ACCOUNT: 30 * dayMs,
};

/** 24 random bytes as 48 hexadecimal characters (Binboi 1.1). */
const makeText = () => randomBytes(24).toString('hex');

/** What of a long secret is not as usual. */
interface Special {
  readonly expiresAt?: Date;
  readonly text?: string | undefined;
  /** Who is shown it; unless given it is mailed to its owner. */
  readonly shownToId?: string | null;
  /** What it is about, where the purpose alone does not tell. */
  readonly data?: Prisma.InputJsonObject | undefined;
}

/** Makes a long secret and stores its SHA-256. The account's older secret of that purpose stops working. */
export async function issueLongSecret(
  db: PrismaClient | Prisma.TransactionClient,
  accountId: string,
  purpose: LongSecretPurpose,
  {
    expiresAt = new Date(Date.now() + lifeMs[purpose]),
    text = makeText(),
    shownToId = null,
    data,
  }: Special = {},
): Promise<string> {
  const fresh = {
    hash: sha256Hex(text),
    triesLeft: 1,
    createdAt: new Date(),
    expiresAt,
    usedAt: null,
    shownToId,
    data: data ?? Prisma.DbNull,
  };
  await db.oneTimeSecret.upsert({
    where: { accountId_purpose: { accountId, purpose } },
    create: { id: newId(), accountId, purpose, ...fresh },
    update: fresh,
  });
  return text;
}

/**
 * Returns the id of the account that a secret belongs to, without using the secret up. Throws what
 * {@link consumeLongSecret} would throw now.
 */
export async function assertLongSecretUsable(
  db: PrismaClient,
  purpose: LongSecretPurpose,
  text: string,
): Promise<string> {
  const secret = await db.oneTimeSecret.findUnique({ where: { hash: sha256Hex(text) } });
  if (!secret || secret.purpose !== purpose || secret.usedAt) throw new DomainError('SECRET_INVALID');
  if (secret.expiresAt.getTime() <= Date.now()) throw new DomainError('SECRET_EXPIRED');
  return secret.accountId;
}

/** A secret that was used up by this very caller. */
interface Consumed {
  /** Whose it is, locked until the end of the transaction. */
  readonly owner: Account;
  /** Who was shown it; null when it was mailed to its owner. */
  readonly shownToId: string | null;
  /** What it was issued with. */
  readonly data: Prisma.JsonValue;
}

/**
 * Uses up a long secret in one statement, so that of many callers exactly one gets the account.
 * Call it inside the transaction of what it permits: a failure there leaves the secret usable.
 * Throws SECRET_INVALID for an unknown or used one, SECRET_EXPIRED for one past its time.
 */
export async function consumeLongSecret(
  tx: Prisma.TransactionClient,
  purpose: LongSecretPurpose,
  text: string,
): Promise<Consumed> {
  const hash = sha256Hex(text);
  const secret = await tx.oneTimeSecret.findUnique({ where: { hash } });
  // The account before its secret, in the order of those who withdraw secrets of an account that they have locked.
  const owner = secret?.purpose === purpose ? await lockAccountIfThere(tx, secret.accountId) : null;
  if (!secret || !owner) throw new DomainError('SECRET_INVALID');
  const now = new Date();
  const { count } = await tx.oneTimeSecret.updateMany({
    where: { hash, purpose, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (count === 1) return { owner, shownToId: secret.shownToId, data: secret.data };
  // Looked at under the lock: it may have been used, or replaced, while this waited.
  const unused = await tx.oneTimeSecret.count({ where: { hash, usedAt: null } });
  throw new DomainError(unused === 1 ? 'SECRET_EXPIRED' : 'SECRET_INVALID');
}
