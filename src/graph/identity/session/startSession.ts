import { randomBytes } from 'node:crypto';
import type { Account, SessionKind } from '../../../generated/sqlite/client.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import type { GraphContext } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { noteOwner } from './ownAccount.ts';

const dayMs = 24 * 3600_000;
/** Binboi 1.1: a session JWT lives 7 days; OpenBin 4.2: so does a refresh token, and the access token 15 minutes. */
export const sessionLifeMs = 7 * dayMs;
export const shortAccessLifeMs = 15 * 60_000;

/** A sign-in as the client gets it. */
export interface StartedSession {
  readonly sessionId: string;
  readonly accessToken: string;
  readonly accessExpiresAt: Date;
  /** Null for a long-lived session. */
  readonly refreshToken: string | null;
  readonly refreshExpiresAt: Date | null;
}

/** A refresh token: 48 random bytes, base64url; the row keeps only its SHA-256. */
export function makeRefreshToken(): { text: string; hash: string } {
  const text = randomBytes(48).toString('base64url');
  return { text, hash: sha256Hex(text) };
}

/** By what an owner was proven. */
export type SignInMethod = 'GOOGLE' | 'PASSWORD' | 'REGISTRATION';

/** Opens a session for an account whose owner was just proven, and records the sign-in with it. */
export async function startSession(
  context: GraphContext,
  account: Account,
  kind: SessionKind,
  method: SignInMethod,
): Promise<StartedSession> {
  const { db, services, request } = context;
  noteOwner(context, account.id);
  const expiresAt = new Date(Date.now() + sessionLifeMs);
  const refresh = kind === 'REFRESHABLE' ? makeRefreshToken() : null;
  const security = securityLog(context);
  const session = await db.$transaction(async (tx) => {
    await security.record(tx, { name: 'signed_in', account, actor: account, details: { method } });
    return tx.session.create({
      data: {
        id: newId(),
        accountId: account.id,
        kind,
        tokenVersion: account.tokenVersion,
        address: request.address,
        userAgent: request.userAgent?.slice(0, 300) ?? null,
        expiresAt,
        ...(refresh && { refreshTokens: { create: { id: newId(), hash: refresh.hash, expiresAt } } }),
      },
      select: { id: true },
    });
  });
  security.committed();
  const accessExpiresAt = refresh ? new Date(Date.now() + shortAccessLifeMs) : expiresAt;
  return {
    sessionId: session.id,
    accessToken: await identityServices({ services }).sessionTokens.issue(session, account, accessExpiresAt),
    accessExpiresAt,
    refreshToken: refresh?.text ?? null,
    refreshExpiresAt: refresh ? expiresAt : null,
  };
}
