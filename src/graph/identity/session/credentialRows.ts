import type { Account, ApiKeyFormat, PrismaClient } from '../../../generated/sqlite/client.ts';

/** A live key's account, with what is needed of the key itself beside it. */
export type KeyOwner = Account & {
  keyId: string;
  keyPrefix: string;
  keyName: string;
  keyFormat: ApiKeyFormat;
  keyOrganizationId: number | null;
};

/**
 * Who a key belongs to, by the SHA-256 of its text; null when it is unknown or revoked.
 * Written in SQL because a relation costs Prisma a second statement, and a cold check may cost one.
 */
export async function findKeyOwner(db: PrismaClient, hash: string): Promise<KeyOwner | null> {
  const [row] = await db.$queryRaw<KeyOwner[]>`
    SELECT a.*, k."id" AS "keyId", k."prefix" AS "keyPrefix", k."name" AS "keyName",
           k."format" AS "keyFormat", k."organizationId" AS "keyOrganizationId"
    FROM "ApiKey" k JOIN "Account" a ON a."id" = k."accountId"
    WHERE k."hash" = ${hash} AND k."revokedAt" IS NULL`;
  return row ?? null;
}

/** The account of a token, with what has become of the session beside it. */
export type SessionOwner = Account & { sessionId: string | null; sessionEndedAt: Date | null };

/** The account that a genuine token names, with its session; null when the account is gone. */
export async function findSessionOwner(
  db: PrismaClient,
  sessionId: string,
  accountId: string,
): Promise<SessionOwner | null> {
  const [row] = await db.$queryRaw<SessionOwner[]>`
    SELECT a.*, s."id" AS "sessionId", s."endedAt" AS "sessionEndedAt"
    FROM "Account" a LEFT JOIN "Session" s ON s."accountId" = a."id" AND s."id" = ${sessionId}
    WHERE a."id" = ${accountId}`;
  return row ?? null;
}

/** Whether a session was not ended, and its account may still use it. */
export async function isSessionLive(db: PrismaClient, sessionId: string): Promise<boolean> {
  const session = await db.session.findUnique({ where: { id: sessionId }, include: { account: true } });
  if (!session || session.endedAt || session.tokenVersion !== session.account.tokenVersion) return false;
  return session.account.active && !session.account.deletionRequestedAt;
}

/** Whether a key was not revoked, and its account is active. */
export async function isKeyLive(db: PrismaClient, keyId: string): Promise<boolean> {
  const where = { id: keyId, revokedAt: null, account: { active: true, deletionRequestedAt: null } };
  return (await db.apiKey.count({ where })) === 1;
}
