import type { OneTimeSecret, Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import { constantTimeEqualHex, hmacHex, randomDigits } from '../../../platform/secrets/tokens.ts';
import { newId } from '../../core/newId.ts';

const lifeMs = 15 * 60_000;
const maxTries = 5;
const form = /^\d{6}$/;

/**
 * Six-digit codes that prove an address (RESTume "verify-email"). They can be guessed, so each
 * allows five tries, and what is stored is an HMAC: a plain hash of a million values is no secret.
 */
export interface Codes {
  /** Makes a code good for 15 minutes; the account's older one stops working, used up or not. */
  issue(db: PrismaClient | Prisma.TransactionClient, accountId: string): Promise<string>;
  /** True when the code is the one that is stored; call it with what {@link takeTry} gave. */
  matches(secret: OneTimeSecret, code: string): boolean;
}

/** Codes under a key of their own. */
export function createCodes(key: Buffer): Codes {
  // With the account in it: equal codes of two accounts have nothing in common.
  const seal = (accountId: string, code: string) => hmacHex(key, `${accountId}:${code}`);
  return {
    async issue(db, accountId) {
      const code = randomDigits(6);
      const now = Date.now();
      const fresh = {
        hash: seal(accountId, code),
        triesLeft: maxTries,
        createdAt: new Date(now),
        expiresAt: new Date(now + lifeMs),
        usedAt: null,
      };
      await db.oneTimeSecret.upsert({
        where: { accountId_purpose: { accountId, purpose: 'EMAIL_CODE' } },
        create: { id: newId(), accountId, purpose: 'EMAIL_CODE', ...fresh },
        update: fresh,
      });
      return code;
    },
    matches: (secret, code) => constantTimeEqualHex(secret.hash, seal(secret.accountId, code)),
  };
}

/** True for text that can be a code at all. */
export function isCodeForm(text: string): boolean {
  return form.test(text);
}

/**
 * Takes one of the tries of an account's live code, in a statement of its own and before anything
 * is compared: of any number of parallel guesses, five get the code to compare with. Null when no
 * code is live or no try is left. The conditions must stay on this one table, where both engines
 * look at them again once the row is theirs.
 */
export async function takeTry(db: PrismaClient, accountId: string): Promise<OneTimeSecret | null> {
  const [secret] = await db.oneTimeSecret.updateManyAndReturn({
    where: {
      accountId,
      purpose: 'EMAIL_CODE',
      usedAt: null,
      triesLeft: { gt: 0 },
      expiresAt: { gt: new Date() },
    },
    data: { triesLeft: { decrement: 1 } },
  });
  return secret ?? null;
}

/** Uses up the code that was compared; false when another caller did so first, or a newer code has replaced it. */
export async function useCode(tx: Prisma.TransactionClient, { id, hash }: OneTimeSecret): Promise<boolean> {
  const now = new Date();
  const { count } = await tx.oneTimeSecret.updateMany({
    where: { id, hash, usedAt: null },
    data: { usedAt: now },
  });
  return count === 1;
}
