import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { revokeKeys } from '../apiKey/revokeKeys.ts';
import { consumeLongSecret } from '../secret/oneTimeSecrets.ts';
import { securityLog } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { endAllSessions } from '../session/endAllSessions.ts';
import { removeIdentity } from './removeIdentity.ts';

builder.relayMutationField(
  'undoIdentityLink',
  {
    description: 'Which linking is undone.',
    inputFields: (t) => ({
      token: t.string({ required: true, description: 'From the link in the mail about the linking.' }),
    }),
  },
  {
    // The token is proof enough.
    access: everyone,
    description:
      'Unlinks the identity that the mail is about, ends all sessions of the account, and revokes the API keys that were created since. Where no way to sign in is left, `requestPasswordReset` mails a link for a password. Throws SECRET_INVALID or SECRET_EXPIRED.',
    resolve: async (_root, { input }, context) => {
      const { db, services, request } = context;
      const token = input.token.trim();
      if (token === '') throw invalid('token', 'required', 'is required');
      await identityServices({ services }).countAnonymousWork(request.address);
      const security = securityLog(context);
      const id = await db.$transaction(async (tx) => {
        const { owner } = await consumeLongSecret(tx, 'UNLINK_IDENTITY', token);
        const accountId = owner.id;
        const [identity] = await tx.linkedIdentity.findMany({ where: { accountId } });
        if (!identity) throw new DomainError('SECRET_INVALID');
        await removeIdentity(tx, owner, identity, security);
        // A session does not tell by which method it began, and one of the stranger must not stay.
        await endAllSessions(tx, accountId);
        const since = { createdAt: { gte: identity.createdAt } };
        await revokeKeys(tx, security, owner, since, 'IDENTITY_LINK_UNDONE');
        await security.record(tx, { name: 'sessions_ended', account: owner });
        return accountId;
      });
      await services.credentials.forget(id);
      security.committed();
      return { accountId: id };
    },
  },
  {
    description: 'Whose identity was unlinked. This signs no one in.',
    outputFields: (t) => ({ accountId: t.exposeID('accountId', { description: 'UUID of the account.' }) }),
  },
);
