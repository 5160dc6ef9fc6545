import { type OneTimeSecret, Prisma, type PrismaClient } from '../../../generated/sqlite/client.ts';
import { addressKey } from '../../../platform/limiter/addressKey.ts';
import { constantTimeEqualHex, hmacHex, randomDigits } from '../../../platform/secrets/tokens.ts';
import { newId } from '../../core/newId.ts';

const lifeMs = 15 * 60_000;
/** Of one client, as RESTume documents; of all together, so that a stranger's tries do not use up the owner's. */
const maxTriesOfClient = 5;
const maxTries = 20;
const form = /^\d{6}$/;

/**
 * Six-digit codes that prove an address (RESTume "verify-email"). They can be guessed, so each
 * allows few tries, and what is stored is an HMAC: a plain hash of a million values is no secret.
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
        data: Prisma.DbNull,
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

/** How many tries each client has had, by the limiter's key of its address. */
type Tries = Readonly<Record<string, number>>;

/**
 * Takes one of the tries of an account's live code, before anything is compared: of any number of parallel guesses,
 * five of one client and twenty in all get the code to compare with. Null when no code is live, or no try is left for
 * this client. `triesLeft` is also the version of the row: of two who have read the same one, the second reads again.
 */
export async function takeTry(
  db: PrismaClient,
  accountId: string,
  client: string,
): Promise<OneTimeSecret | null> {
  const key = addressKey(client);
  for (let attempt = 0; attempt <= maxTries; attempt++) {
    const found = await db.oneTimeSecret.findUnique({
      where: { accountId_purpose: { accountId, purpose: 'EMAIL_CODE' } },
    });
    const tries = (found?.data ?? {}) as Tries;
    const taken = tries[key] ?? 0;
    // Also where nothing was found: an unknown address must cost the same statements.
    const [secret] = await db.oneTimeSecret.updateManyAndReturn({
      where: {
        id: found && taken < maxTriesOfClient ? found.id : 'none',
        hash: found?.hash ?? 'none',
        usedAt: null,
        triesLeft: found && found.triesLeft > 0 ? found.triesLeft : -1,
        expiresAt: { gt: new Date() },
      },
      data: { triesLeft: { decrement: 1 }, data: { ...tries, [key]: taken + 1 } },
    });
    if (secret) return secret;
    const isLive = found && !found.usedAt && found.triesLeft > 0 && found.expiresAt.getTime() > Date.now();
    if (!isLive || taken >= maxTriesOfClient) return null;
  }
  return null;
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
