import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { accessToken, toAccessToken } from '../shapes.ts';

const tag = 'Sign-in';

export const signInRoutes = [
  route({
    method: 'POST',
    path: '/v1/auth/login',
    contract: 'Endpoints, login',
    summary: 'Open a session of seven days with user name or e-mail address and password',
    tag,
    access: 'public',
    body: z.object({ username: z.string(), password: z.string() }),
    document: graphql(`
      mutation RestumeLogin($username: String!, $password: String!) {
        signIn(input: { userNameOrEmail: $username, password: $password, session: LONG_LIVED }) {
          accessToken
        }
      }
    `),
    variables: ({ body }) => body,
    success: { status: 200, body: { schema: accessToken, map: ({ signIn }) => toAccessToken(signIn) } },
    externalNames: { userNameOrEmail: 'username' },
    errors: [
      'INVALID_INPUT',
      'SIGN_IN_FAILED',
      'ACCOUNT_INACTIVE',
      'ACCOUNT_DELETION_PENDING',
      'EMAIL_NOT_VERIFIED',
      'OVERLOADED',
    ],
  }),
  route({
    method: 'POST',
    path: '/v1/auth/google',
    contract: 'Endpoints, google',
    summary: 'Open a session with a Google ID token; makes or links the account',
    tag,
    access: 'public',
    body: z.object({ credential: z.string(), invitation_code: z.string().nullish() }),
    document: graphql(`
      mutation RestumeGoogle($credential: String!, $invitationCode: String) {
        signInWithGoogle(
          input: { idToken: $credential, session: LONG_LIVED, invitationCode: $invitationCode }
        ) {
          accessToken
        }
      }
    `),
    variables: ({ body }) => ({ credential: body.credential, invitationCode: body.invitation_code ?? null }),
    success: {
      status: 200,
      body: { schema: accessToken, map: ({ signInWithGoogle }) => toAccessToken(signInWithGoogle) },
    },
    externalNames: { idToken: 'credential' },
    errors: [
      'INVALID_INPUT',
      'IDENTITY_TOKEN_INVALID',
      'ACCOUNT_INACTIVE',
      'EMAIL_TAKEN',
      'REGISTRATION_CLOSED',
      'INVITATION_INVALID',
      'IDENTITY_CONFLICT',
      'IDENTITY_NEEDS_PASSWORD',
      'ACCOUNT_DELETION_PENDING',
      'IDENTITY_PROVIDER_DISABLED',
      'IDENTITY_PROVIDER_UNREACHABLE',
    ],
  }),
];
