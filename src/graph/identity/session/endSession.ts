import { DomainError } from '../../../errors/domainError.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { everyone, signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { endAllSessions } from './endAllSessions.ts';
import { requireCaller } from './requireCaller.ts';

async function endOne({ db, services }: GraphContext, accountId: string, id: string): Promise<void> {
  const { count } = await db.session.updateMany({
    where: { id, accountId, endedAt: null },
    data: { endedAt: new Date() },
  });
  if (count === 0 && !(await db.session.findFirst({ where: { id, accountId }, select: { id: true } }))) {
    throw new DomainError('NOT_FOUND');
  }
  await services.credentials.forget(accountId);
}

async function endPresented(
  { db, services }: GraphContext,
  accessToken: string | null,
  refreshToken: string | null,
): Promise<void> {
  const byAccess = accessToken ? await services.sessionTokens.sessionOf(accessToken) : null;
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

builder.mutationFields((t) => ({
  signOut: t.boolean({
    access: signedIn,
    description: 'Ends the session that this request was signed in with.',
    resolve: async (_root, _args, context) => {
      const { account, credential } = requireCaller(context);
      if (credential.kind !== 'SESSION') throw new DomainError('CREDENTIAL_KIND_REFUSED');
      await endOne(context, account.id, credential.id);
      return true;
    },
  }),
  endSession: t.boolean({
    access: signedIn,
    description: 'Ends one of your sessions.',
    args: { id: t.arg.id({ required: true, description: 'The session.' }) },
    resolve: async (_root, { id }, context) => {
      await endOne(context, requireCaller(context).account.id, id);
      return true;
    },
  }),
  endPresentedSession: t.boolean({
    // So are the tokens of a session that is to end.
    access: everyone,
    description:
      'Ends the session whose access token, still good or not, or refresh token is shown; tokens are proof enough. Answers true in any case.',
    args: {
      accessToken: t.arg.string({ description: 'An access token.' }),
      refreshToken: t.arg.string({ description: 'A refresh token.' }),
    },
    resolve: async (_root, { accessToken, refreshToken }, context) => {
      await endPresented(context, accessToken ?? null, refreshToken ?? null);
      return true;
    },
  }),
  endRenewals: t.boolean({
    access: signedIn,
    description:
      'Makes every session of yours end with its access token: no refresh token works any more. Sessions that have none end at once.',
    resolve: async (_root, _args, context) => {
      const { id: accountId } = requireCaller(context).account;
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
      return true;
    },
  }),
  endAllSessions: t.boolean({
    access: signedIn,
    description: 'Ends all of your sessions, this one too; API keys stay.',
    resolve: async (_root, _args, context) => {
      const { account } = requireCaller(context);
      await context.db.$transaction((tx) => endAllSessions(tx, account.id));
      await context.services.credentials.forget(account.id);
      return true;
    },
  }),
}));
