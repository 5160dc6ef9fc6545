import { DomainError } from '../../../errors/domainError.ts';
import type { Account, RefreshToken, Session } from '../../../generated/sqlite/client.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { noteOwner } from './ownAccount.ts';
import { makeRefreshToken, sessionLifeMs, shortAccessLifeMs } from './startSession.ts';
import { newSessionPayload } from './types.ts';

type Found = RefreshToken & { session: Session & { account: Account } };

/** Exchanges the token in one statement; of many callers one wins, and all others are a replay. */
async function exchange({ db }: GraphContext, found: Found, next: { hash: string; expiresAt: Date }) {
  return db.$transaction(async (tx) => {
    const { count } = await tx.refreshToken.updateMany({
      where: { id: found.id, usedAt: null, session: { endedAt: null } },
      data: { usedAt: new Date() },
    });
    if (count !== 1) return false;
    await tx.refreshToken.create({
      data: { id: newId(), sessionId: found.sessionId, ...next },
      select: { id: true },
    });
    await tx.session.update({
      where: { id: found.sessionId },
      data: { expiresAt: next.expiresAt },
      select: { id: true },
    });
    return true;
  });
}

/** A token that comes back after its exchange was stolen, then or now: nobody may keep the session (OpenBin 4.3). */
async function endFamily(context: GraphContext, { session }: Found): Promise<never> {
  const { db, services } = context;
  const { id, account } = session;
  const security = securityLog(context);
  await db.$transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id, endedAt: null },
      data: { endedAt: new Date() },
    });
    // One event for a session: whoever has an old token may show it as often as they like.
    if (count === 0) return;
    const details = { method: 'REFRESH_TOKEN', sessionId: id };
    await security.record(tx, { name: 'signed_in', outcome: 'FAILED', account, details });
    await security.record(tx, {
      name: 'session_ended',
      account,
      details: { sessionId: id, reason: 'REPLAY' },
    });
  });
  await services.credentials.forget(account.id);
  security.committed();
  throw new DomainError('CREDENTIAL_INVALID');
}

builder.relayMutationField(
  'refreshSession',
  {
    description: 'The session to go on with.',
    inputFields: (t) => ({
      refreshToken: t.string({ required: true, description: 'The newest one of the session.' }),
    }),
  },
  {
    // The refresh token is itself the credential.
    access: everyone,
    description:
      'Exchanges a refresh token for a new access token and a new refresh token. A refresh token works once; one that comes back ends its session.',
    resolve: async (_root, { input }, context) => {
      const found = await context.db.refreshToken.findUnique({
        where: { hash: sha256Hex(input.refreshToken) },
        include: { session: { include: { account: true } } },
      });
      if (!found) throw new DomainError('CREDENTIAL_INVALID');
      const { session } = found;
      const { account } = session;
      if (found.usedAt) return endFamily(context, found);
      if (account.deletionRequestedAt) throw new DomainError('ACCOUNT_DELETED');
      if (!account.active) throw new DomainError('ACCOUNT_SUSPENDED');
      if (session.endedAt || session.refreshEndedAt || session.tokenVersion !== account.tokenVersion) {
        throw new DomainError('CREDENTIAL_INVALID');
      }
      if (found.expiresAt.getTime() <= Date.now()) throw new DomainError('SESSION_EXPIRED');
      const refresh = makeRefreshToken();
      const refreshExpiresAt = new Date(Date.now() + sessionLifeMs);
      if (!(await exchange(context, found, { hash: refresh.hash, expiresAt: refreshExpiresAt }))) {
        return endFamily(context, found);
      }
      noteOwner(context, account.id);
      const accessExpiresAt = new Date(Date.now() + shortAccessLifeMs);
      return {
        sessionId: session.id,
        accessToken: await identityServices(context).sessionTokens.issue(session, account, accessExpiresAt),
        accessExpiresAt,
        refreshToken: refresh.text,
        refreshExpiresAt,
        account: snapshotOf(account),
      };
    },
  },
  newSessionPayload,
);
