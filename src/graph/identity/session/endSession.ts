import { DomainError, notFound } from '../../../errors/domainError.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { everyone, signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { AccountSnapshot, GraphContext } from '../../core/context.ts';
import type { Payload } from '../../core/mutation.ts';
import { acceptedPayload, accountPayload } from '../account/type.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { endAllSessions } from './endAllSessions.ts';
import { requireCaller } from './requireCaller.ts';

async function endOne(context: GraphContext, account: AccountSnapshot, id: string) {
  const { db, services } = context;
  const accountId = account.id;
  const security = securityLog(context);
  await db.$transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id, accountId, endedAt: null },
      data: { endedAt: new Date() },
    });
    if (count > 0) await security.record(tx, { name: 'session_ended', account, target: targetOf(id) });
    else if (!(await tx.session.findFirst({ where: { id, accountId }, select: { id: true } })))
      throw notFound('Session');
  });
  await services.credentials.forget(accountId);
  security.committed();
  return { endedSessionId: id };
}

const targetOf = (id: string) => ({ type: 'session', id, name: null });

async function endAndRecord(
  { db, ...context }: GraphContext,
  account: AccountSnapshot,
  end: (tx: Prisma.TransactionClient) => Promise<void>,
): Promise<void> {
  const security = securityLog(context);
  await db.$transaction(async (tx) => {
    await end(tx);
    await security.record(tx, { name: 'sessions_ended', account });
  });
  security.committed();
}

const endAll = (context: GraphContext, account: AccountSnapshot) =>
  endAndRecord(context, account, (tx) => endAllSessions(tx, account.id));

async function endPresented(
  context: GraphContext,
  accessToken: string | null,
  refreshToken: string | null,
): Promise<void> {
  const { db, services } = context;
  const byAccess = accessToken
    ? await identityServices({ services }).sessionTokens.sessionOf(accessToken)
    : null;
  const shown = refreshToken
    ? await db.refreshToken.findUnique({
        where: { hash: sha256Hex(refreshToken) },
        select: { sessionId: true },
      })
    : null;
  const ids = [byAccess, shown?.sessionId].filter((id) => id != null);
  if (ids.length === 0) return;
  const security = securityLog(context);
  const ended = await db.$transaction(async (tx) => {
    const sessions = await tx.session.updateManyAndReturn({
      where: { id: { in: ids }, endedAt: null },
      data: { endedAt: new Date() },
      select: { id: true, account: { select: { id: true, email: true } } },
    });
    for (const { id, account } of sessions) {
      await security.record(tx, { name: 'session_ended', account, actor: account, target: targetOf(id) });
    }
    return sessions;
  });
  for (const { account } of ended) await services.credentials.forget(account.id);
  security.committed();
}

const endedSessionPayload: Payload<{ readonly endedSessionId: string }> = {
  description: 'The session that has ended.',
  outputFields: (t) => ({
    endedSessionId: t.exposeID('endedSessionId', { description: 'UUID of the session.' }),
  }),
};

builder.relayMutationField(
  'signOut',
  {
    description: 'Which sessions end.',
    inputFields: (t) => ({
      everywhere: t.boolean({
        required: true,
        defaultValue: false,
        description: 'True ends your other sessions, too.',
      }),
    }),
  },
  {
    access: signedIn,
    description: 'Ends the session that this request was signed in with.',
    resolve: async (_root, { input: { everywhere } }, context) => {
      const { account, credential } = requireCaller(context);
      if (credential.kind !== 'SESSION') throw new DomainError('CREDENTIAL_KIND_REFUSED');
      if (everywhere) await endAll(context, account);
      return endOne(context, account, credential.id);
    },
  },
  endedSessionPayload,
);

builder.relayMutationField(
  'endSession',
  {
    description: 'The session that is to end.',
    inputFields: (t) => ({ id: t.id({ required: true, description: 'The session.' }) }),
  },
  {
    access: signedIn,
    description: 'Ends one of your sessions.',
    resolve: (_root, { input }, context) => endOne(context, requireCaller(context).account, input.id),
  },
  endedSessionPayload,
);

builder.relayMutationField(
  'endPresentedSession',
  {
    description: 'The tokens of the session that is to end; one is enough.',
    inputFields: (t) => ({
      accessToken: t.string({ description: 'An access token.' }),
      refreshToken: t.string({ description: 'A refresh token.' }),
    }),
  },
  {
    // So are the tokens of a session that is to end.
    access: everyone,
    description:
      'Ends the session whose access token, still good or not, or refresh token is shown; tokens are proof enough. Accepts them in any case.',
    resolve: async (_root, { input: { accessToken, refreshToken } }, context) => {
      await endPresented(context, accessToken ?? null, refreshToken ?? null);
      return { accepted: true } as const;
    },
  },
  acceptedPayload,
);

builder.relayMutationField(
  'endRenewals',
  {
    description: 'Which sessions can be renewed no more.',
    inputFields: (t) => ({
      sessionId: t.id({ description: 'One session; all of yours unless given.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Makes your sessions, or one of them, end with their access tokens: no refresh token works any more. Sessions that have none end at once.',
    resolve: async (_root, { input: { sessionId } }, context) => {
      const { account } = requireCaller(context);
      const accountId = account.id;
      const which = { accountId, ...(sessionId != null && { id: sessionId }) };
      if (sessionId != null && (await context.db.session.count({ where: which })) === 0)
        throw notFound('Session');
      const now = new Date();
      const security = securityLog(context);
      await context.db.$transaction(async (tx) => {
        const renewals = await tx.session.updateMany({
          where: { ...which, kind: 'REFRESHABLE', refreshEndedAt: null },
          data: { refreshEndedAt: now },
        });
        const ended = await tx.session.updateMany({
          where: { ...which, kind: 'LONG_LIVED', endedAt: null },
          data: { endedAt: now },
        });
        if (renewals.count + ended.count === 0) return;
        if (sessionId == null) await security.record(tx, { name: 'sessions_ended', account });
        else await security.record(tx, { name: 'session_ended', account, target: targetOf(sessionId) });
      });
      await context.services.credentials.forget(accountId);
      security.committed();
      return { account };
    },
  },
  accountPayload('The account whose sessions end.'),
);

builder.relayMutationField(
  'endAllSessions',
  {
    description: 'Which sessions end.',
    inputFields: (t) => ({
      exceptThis: t.boolean({
        required: true,
        defaultValue: false,
        description: 'True keeps the session that this request was signed in with.',
      }),
    }),
  },
  {
    access: signedIn,
    description: 'Ends all of your sessions, or all but this one; API keys stay.',
    resolve: async (_root, { input: { exceptThis } }, context) => {
      const { account, credential } = requireCaller(context);
      if (exceptThis && credential.kind === 'SESSION') {
        // A new token version would end this one, too.
        const others = { accountId: account.id, id: { not: credential.id }, endedAt: null };
        await endAndRecord(context, account, async (tx) => {
          await tx.session.updateMany({ where: others, data: { endedAt: new Date() } });
        });
      } else await endAll(context, account);
      await context.services.credentials.forget(account.id);
      return { account };
    },
  },
  accountPayload('The account whose sessions end.'),
);
