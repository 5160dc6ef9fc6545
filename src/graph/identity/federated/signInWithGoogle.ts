import { toDomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { recordFailedAttempt } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { startSession } from '../session/startSession.ts';
import { newSessionPayload, SessionKindEnum } from '../session/types.ts';
import { googleAccount } from './googleAccount.ts';

builder.relayMutationField(
  'signInWithGoogle',
  {
    description: 'Who signs in.',
    inputFields: (t) => ({
      idToken: t.string({
        required: true,
        description: 'The ID token (a JWT) that Google gave to the client.',
      }),
      session: t.field({
        type: SessionKindEnum,
        required: true,
        defaultValue: 'REFRESHABLE',
        description: 'As in `signIn`.',
      }),
      invitationCode: t.string({
        description: 'Needed for a new account while registration is by invitation.',
      }),
    }),
  },
  {
    access: everyone,
    description:
      'Opens a session for the account that the Google identity is linked to. Else links it to the account with its verified address, else makes a new account. An account whose address nobody had proven before loses its sessions, keys and password by this. Throws IDENTITY_NEEDS_PASSWORD where `GOOGLE_LINK_STRICT` asks for `linkGoogle`.',
    resolve: async (_root, { input }, context) => {
      const { request } = context;
      const idToken = input.idToken.trim();
      if (idToken === '') throw invalid('idToken', 'required', 'is required');
      const { googleTokens, signInGuard } = identityServices(context);
      const identity = await googleTokens.verify(idToken).catch(async (error: unknown) => {
        if (
          toDomainError(error).code === 'IDENTITY_TOKEN_INVALID' &&
          (await signInGuard.mayRecord(request.address))
        )
          recordFailedAttempt(context, { name: 'signed_in', account: null, details: { method: 'GOOGLE' } });
        throw error;
      });
      const account = await googleAccount(context, identity, input.invitationCode);
      return {
        ...(await startSession(context, account, input.session, 'GOOGLE')),
        account: snapshotOf(account),
      };
    },
  },
  newSessionPayload,
);
