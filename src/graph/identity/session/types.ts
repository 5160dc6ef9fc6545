import type { SessionKind } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { AccountSnapshot } from '../../core/caller.ts';
import type { Credential } from '../../core/context.ts';
import type { Payload } from '../../core/mutation.ts';
import { AccountType } from '../account/type.ts';
import type { StartedSession } from './startSession.ts';

export const SessionKindEnum = builder.enumType('SessionKind', {
  description: 'How a session is kept alive.',
  values: {
    REFRESHABLE: { description: 'By a refresh token, which gives a new access token every few minutes.' },
    LONG_LIVED: { description: 'Not at all: one access token lasts as long as the session.' },
  } satisfies Record<SessionKind, unknown>,
});

export const SessionType = builder.prismaObject('Session', {
  description: 'One sign-in on one device.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    kind: t.expose('kind', { type: SessionKindEnum, description: 'How the session is kept alive.' }),
    address: t.exposeString('address', { nullable: true, description: 'The address that signed in.' }),
    userAgent: t.exposeString('userAgent', { nullable: true, description: 'What the client called itself.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it began.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When it ends unless it is refreshed.',
    }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was ended by hand.',
    }),
  }),
});

type NewSession = StartedSession & { readonly account: AccountSnapshot };

const NewSessionInterface = builder.interfaceRef<NewSession>('NewSession').implement({
  description: 'A new session, or the next tokens of one.',
  fields: (t) => ({
    accessToken: t.exposeString('accessToken', { description: 'Send it as `Authorization: Bearer …`.' }),
    accessExpiresAt: t.expose('accessExpiresAt', {
      type: 'DateTime',
      description: 'When the access token ends.',
    }),
    refreshToken: t.exposeString('refreshToken', {
      nullable: true,
      description: 'For `refreshSession`, once; null for a long-lived session.',
    }),
    refreshExpiresAt: t.expose('refreshExpiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the refresh token ends.',
    }),
    account: t.expose('account', { type: AccountType, description: 'Who has signed in.' }),
  }),
});

/** The payload of a mutation that signs an account in. */
export const newSessionPayload: Payload<NewSession, [typeof NewSessionInterface]> = {
  description: 'A new session, or the next tokens of one.',
  interfaces: [NewSessionInterface],
  outputFields: () => ({}),
};

const CredentialKind = builder.enumType('CredentialKind', {
  description: 'What a request was signed in with.',
  values: {
    API_KEY: { description: 'An API key.' },
    SESSION: { description: 'An access token.' },
    OPERATOR: { description: 'The command line on the server itself.' },
  },
});

export const CredentialType = builder.objectRef<Credential>('Credential').implement({
  description: 'What this request was signed in with.',
  fields: (t) => ({
    kind: t.expose('kind', { type: CredentialKind, description: 'The kind of credential.' }),
    keyPrefix: t.string({
      nullable: true,
      description: 'The showable start of the API key; null for a session.',
      resolve: (credential) => (credential.kind === 'API_KEY' ? credential.prefix : null),
    }),
  }),
});
