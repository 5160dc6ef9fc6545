import { DomainError, notFound } from '../../../errors/domainError.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { everyone, signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
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

const EndSessionInput = builder.inputType('EndSessionInput', {
  description: 'The session that is to end.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The session.' }) }),
});

const EndPresentedSessionInput = builder.inputType('EndPresentedSessionInput', {
  description: 'The tokens of the session that is to end; one is enough.',
  fields: (t) => ({
    accessToken: t.string({ description: 'An access token.' }),
    refreshToken: t.string({ description: 'A refresh token.' }),
  }),
});

function endedSessionPayload(name: string) {
  return builder.objectRef<{ readonly endedSessionId: string }>(name).implement({
    description: 'The session that has ended.',
    fields: (t) => ({
      endedSessionId: t.exposeID('endedSessionId', { description: 'UUID of the session.' }),
    }),
  });
}

builder.mutationFields((t) => ({
  signOut: t.field({
    access: signedIn,
    type: endedSessionPayload('SignOutPayload'),
    description: 'Ends the session that this request was signed in with.',
    resolve: async (_root, _args, context) => {
      const { account, credential } = requireCaller(context);
      if (credential.kind !== 'SESSION') throw new DomainError('CREDENTIAL_KIND_REFUSED');
      return endOne(context, account.id, credential.id);
    },
  }),
  endSession: t.field({
    access: signedIn,
    type: endedSessionPayload('EndSessionPayload'),
    description: 'Ends one of your sessions.',
    args: { input: t.arg({ type: EndSessionInput, required: true, description: 'Which session.' }) },
    resolve: (_root, { input }, context) => endOne(context, requireCaller(context).account.id, input.id),
  }),
  endPresentedSession: t.field({
    // So are the tokens of a session that is to end.
    access: everyone,
    type: acceptedPayload('EndPresentedSessionPayload'),
    description:
      'Ends the session whose access token, still good or not, or refresh token is shown; tokens are proof enough. Accepts them in any case.',
    args: {
      input: t.arg({ type: EndPresentedSessionInput, required: true, description: 'The tokens.' }),
    },
    resolve: async (_root, { input: { accessToken, refreshToken } }, context) => {
      await endPresented(context, accessToken ?? null, refreshToken ?? null);
      return { accepted: true } as const;
    },
  }),
  endRenewals: t.field({
    access: signedIn,
    type: accountPayload('EndRenewalsPayload', 'The account whose sessions end.'),
    description:
      'Makes every session of yours end with its access token: no refresh token works any more. Sessions that have none end at once.',
    resolve: async (_root, _args, context) => {
      const { account } = requireCaller(context);
      const accountId = account.id;
      const now = new Date();
      await context.db.session.updateMany({
        where: { accountId, kind: 'REFRESHABLE', refreshEndedAt: null },
        data: { refreshEndedAt: now },
      });
      await context.db.session.updateMany({
        where: { accountId, kind: 'LONG_LIVED', endedAt: null },
        data: { endedAt: now },
      });
      await context.services.credentials.forget(accountId);
      return { account };
    },
  }),
  endAllSessions: t.field({
    access: signedIn,
    type: accountPayload('EndAllSessionsPayload', 'The account whose sessions end.'),
    description: 'Ends all of your sessions, this one too; API keys stay.',
    resolve: async (_root, _args, context) => {
      const { account } = requireCaller(context);
      await context.db.$transaction((tx) => endAllSessions(tx, account.id));
      await context.services.credentials.forget(account.id);
      return { account };
    },
  }),
}));
