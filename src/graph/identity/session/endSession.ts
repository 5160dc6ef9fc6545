import { DomainError, notFound } from '../../../errors/domainError.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { everyone, signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import type { Payload } from '../../core/mutation.ts';
import { acceptedPayload, accountPayload } from '../account/type.ts';
import { identityServices } from '../services.ts';
import { endAllSessions } from './endAllSessions.ts';
import { requireCaller } from './requireCaller.ts';

async function endOne({ db, services }: GraphContext, accountId: string, id: string) {
  const { count } = await db.session.updateMany({
    where: { id, accountId, endedAt: null },
    data: { endedAt: new Date() },
  });
  if (count === 0 && !(await db.session.findFirst({ where: { id, accountId }, select: { id: true } }))) {
    throw notFound('Session');
  }
  await services.credentials.forget(accountId);
  return { endedSessionId: id };
}

async function endPresented(
  { db, services }: GraphContext,
  accessToken: string | null,
  refreshToken: string | null,
): Promise<void> {
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
  const ended = await db.session.updateManyAndReturn({
    where: { id: { in: ids }, endedAt: null },
    data: { endedAt: new Date() },
    select: { accountId: true },
  });
  for (const { accountId } of ended) await services.credentials.forget(accountId);
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
      if (everywhere) await context.db.$transaction((tx) => endAllSessions(tx, account.id));
      return endOne(context, account.id, credential.id);
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
    resolve: (_root, { input }, context) => endOne(context, requireCaller(context).account.id, input.id),
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
      await context.db.session.updateMany({
        where: { ...which, kind: 'REFRESHABLE', refreshEndedAt: null },
        data: { refreshEndedAt: now },
      });
      await context.db.session.updateMany({
        where: { ...which, kind: 'LONG_LIVED', endedAt: null },
        data: { endedAt: now },
      });
      await context.services.credentials.forget(accountId);
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
        await context.db.session.updateMany({ where: others, data: { endedAt: new Date() } });
      } else await context.db.$transaction((tx) => endAllSessions(tx, account.id));
      await context.services.credentials.forget(account.id);
      return { account };
    },
  },
  accountPayload('The account whose sessions end.'),
);
