import type { ErrorCode } from '../../../errors/catalogue.ts';
import { toDomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { recordFailedAttempt } from '../security/events.ts';
import { identityServices } from '../services.ts';
import { startSession } from '../session/startSession.ts';
import { newSessionPayload, SessionKindEnum } from '../session/types.ts';
import { googleAccount } from './googleAccount.ts';
import type { GoogleIdentity } from './googleTokens.ts';

/** What is a failed attempt to sign in, and no outage or closed registration. */
const failures: ReadonlySet<ErrorCode> = new Set([
  'IDENTITY_TOKEN_INVALID',
  'IDENTITY_CONFLICT',
  'IDENTITY_NEEDS_PASSWORD',
  'ACCOUNT_INACTIVE',
  'ACCOUNT_DELETION_PENDING',
]);

/** The account that an identity is linked to, else the one with its address. */
async function findAccount({ db }: GraphContext, { subject, email }: GoogleIdentity) {
  const select = { id: true, email: true };
  const linked = await db.linkedIdentity.findUnique({
    where: { provider_subject: { provider: 'GOOGLE', subject } },
    select: { account: { select } },
  });
  return linked?.account ?? db.account.findUnique({ where: { email }, select });
}

async function recordAndThrow(
  context: GraphContext,
  error: unknown,
  identity: GoogleIdentity | null,
): Promise<never> {
  const { code } = toDomainError(error);
  const { signInGuard } = identityServices(context);
  if (failures.has(code) && (await signInGuard.mayRecord(context.request.address))) {
    const account = identity && (await findAccount(context, identity));
    const details = { method: 'GOOGLE', reason: code };
    recordFailedAttempt(context, { name: 'signed_in', account, details });
  }
  throw error;
}

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
      const idToken = input.idToken.trim();
      if (idToken === '') throw invalid('idToken', 'required', 'is required');
      const identity = await identityServices(context)
        .googleTokens.verify(idToken)
        .catch((error: unknown) => recordAndThrow(context, error, null));
      const account = await googleAccount(context, identity, input.invitationCode).catch((error: unknown) =>
        recordAndThrow(context, error, identity),
      );
      return {
        ...(await startSession(context, account, input.session, 'GOOGLE')),
        account: snapshotOf(account),
      };
    },
  },
  newSessionPayload,
);
