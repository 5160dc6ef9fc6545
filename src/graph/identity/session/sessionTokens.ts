import { createSecretKey } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { DomainError } from '../../../errors/domainError.ts';
import type { Account, Session } from '../../../generated/sqlite/client.ts';

const issuer = 'latchkey';
const audience = 'latchkey';

/** What a verified access token says that the server goes by; the other claims are for clients to show. */
export interface SessionClaims {
  readonly sessionId: string;
  readonly accountId: string;
  readonly tokenVersion: number;
  readonly expiresAt: Date;
}

/** Issues and verifies access tokens. */
export interface SessionTokens {
  /** A JWT for `session`, good until `expiresAt`. */
  issue(session: Pick<Session, 'id'>, account: Account, expiresAt: Date): Promise<string>;
  /** Throws SESSION_EXPIRED for a genuine token past its time, CREDENTIAL_INVALID for all else. */
  verify(token: string): Promise<SessionClaims>;
  /** The session of a genuine token, also past its time; null for all else. For ending it and nothing more. */
  sessionOf(token: string): Promise<string | null>;
}

/** Access tokens: HS256 JWTs (RFC 7519) under `key`, 32 bytes. */
export function createSessionTokens(key: Buffer): SessionTokens {
  const secret = createSecretKey(key);
  return {
    issue: (session, account, expiresAt) =>
      new SignJWT({
        // `id` is what OpenBin's clients read, `sub` what all others do.
        id: account.id,
        email: account.email,
        name: account.name,
        plan: account.plan,
        sid: session.id,
        tv: account.tokenVersion,
      })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(account.id)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(expiresAt)
        .sign(secret),

    async sessionOf(token) {
      try {
        const { payload } = await jwtVerify<{ sid: string }>(token, secret, {
          algorithms: ['HS256'],
          issuer,
          audience,
          requiredClaims: ['sid'],
          currentDate: new Date(0),
        });
        return payload.sid;
      } catch {
        return null;
      }
    },

    async verify(token) {
      try {
        const { payload } = await jwtVerify<{ sid: string; tv: number }>(token, secret, {
          // Pinned: a token must not choose how it is checked ("alg": "none", key confusion).
          algorithms: ['HS256'],
          issuer,
          audience,
          requiredClaims: ['sub', 'sid', 'tv', 'exp'],
        });
        return {
          sessionId: payload.sid,
          accountId: payload.sub as string,
          tokenVersion: payload.tv,
          expiresAt: new Date((payload.exp as number) * 1000),
        };
      } catch (cause) {
        throw new DomainError(cause instanceof errors.JWTExpired ? 'SESSION_EXPIRED' : 'CREDENTIAL_INVALID', {
          cause,
        });
      }
    },
  };
}
