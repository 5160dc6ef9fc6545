import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { CookieFields, noCookies, refreshCookie, sessionCookies } from '../cookies.ts';
import { body, judgedText, said, text, time } from '../shapes.ts';

const tag = 'Sessions';

export const sessionRoutes = [
  route({
    method: 'POST',
    path: '/api/auth/register',
    contract: '7.3',
    summary: 'Make an account and sign it in',
    tag,
    access: 'public',
    body: body({ email: text, password: text, displayName: text, inviteCode: judgedText }),
    document: graphql(
      `
        mutation OpenbinRegister($input: OpenAccountInput!) {
          openAccount(input: $input) {
            ...OpenbinCookies
            account {
              id
              name
              email
              createdAt
            }
          }
        }
      `,
      [CookieFields],
    ),
    variables: ({ body: input }) => ({ input }),
    success: {
      status: 201,
      cookies: ({ openAccount }) => sessionCookies(openAccount),
      body: {
        schema: z.strictObject({
          user: z.strictObject({
            id: z.string(),
            displayName: z.string(),
            email: z.string(),
            avatarUrl: z.null(),
            createdAt: time,
          }),
        }),
        map: ({ openAccount: { account } }) => ({
          user: {
            id: account.id,
            displayName: account.name,
            email: account.email,
            avatarUrl: null,
            createdAt: account.createdAt,
          },
        }),
      },
    },
    errors: [
      'REGISTRATION_CLOSED',
      'NOT_FOUND',
      'INVITATION_INVALID',
      'INVALID_INPUT',
      'EMAIL_PENDING_DELETION',
      'EMAIL_TAKEN',
      'OVERLOADED',
    ],
  }),
  route({
    method: 'POST',
    path: '/api/auth/login',
    contract: '7.4',
    summary: 'Open a session, in cookies',
    tag,
    access: 'public',
    body: body({ email: text, password: text }),
    document: graphql(
      `
        mutation OpenbinLogin($email: String!, $password: String!) {
          signIn(input: { email: $email, password: $password, session: REFRESHABLE }) {
            ...OpenbinCookies
            account {
              id
              name
              email
              administrator
              activeLocationId
            }
          }
        }
      `,
      [CookieFields],
    ),
    variables: ({ body: input }) => input,
    success: {
      status: 200,
      cookies: ({ signIn }) => sessionCookies(signIn),
      body: {
        schema: z.strictObject({
          user: z.strictObject({
            id: z.string(),
            displayName: z.string(),
            email: z.string(),
            avatarUrl: z.null(),
            isAdmin: z.boolean(),
          }),
          activeLocationId: z.string().nullable(),
        }),
        map: ({ signIn: { account } }) => ({
          user: {
            id: account.id,
            displayName: account.name,
            email: account.email,
            avatarUrl: null,
            isAdmin: account.administrator,
          },
          activeLocationId: account.activeLocationId,
        }),
      },
    },
    errors: ['INVALID_INPUT', 'SIGN_IN_FAILED', 'ACCOUNT_INACTIVE', 'ACCOUNT_DELETION_PENDING', 'OVERLOADED'],
  }),
  route({
    method: 'POST',
    path: '/api/auth/refresh',
    contract: '4.3',
    summary: 'Go on with a session; its refresh token works once',
    tag,
    access: 'public',
    document: graphql(
      `
        mutation OpenbinRefresh($refreshToken: String!) {
          refreshSession(input: { refreshToken: $refreshToken }) {
            ...OpenbinCookies
          }
        }
      `,
      [CookieFields],
    ),
    variables: ({ cookies }) => ({ refreshToken: cookies[refreshCookie] ?? '' }),
    success: {
      status: 200,
      cookies: ({ refreshSession }) => sessionCookies(refreshSession),
      body: { schema: said, map: () => ({ message: 'Token refreshed' }) },
    },
    errorCookies: noCookies,
    errors: ['CREDENTIAL_INVALID', 'SESSION_EXPIRED', 'ACCOUNT_DELETED', 'ACCOUNT_SUSPENDED'],
    errorMapping: {
      ACCOUNT_DELETED: { status: 401, code: 'UNAUTHORIZED' },
      ACCOUNT_SUSPENDED: { status: 403, code: 'FORBIDDEN' },
    },
  }),
  route({
    method: 'POST',
    path: '/api/auth/logout',
    contract: '7.5',
    summary: 'End the session that the cookies or the token belong to',
    tag,
    access: 'public',
    document: graphql(`
      mutation OpenbinLogout($accessToken: String, $refreshToken: String) {
        endPresentedSession(input: { accessToken: $accessToken, refreshToken: $refreshToken }) {
          accepted
        }
      }
    `),
    variables: ({ credential, cookies }) => ({
      accessToken: credential,
      refreshToken: cookies[refreshCookie],
    }),
    success: {
      status: 200,
      cookies: () => noCookies,
      body: { schema: said, map: () => ({ message: 'Logged out' }) },
    },
    errors: [],
  }),
  route({
    method: 'POST',
    path: '/api/auth/logout-all',
    contract: '7.5',
    summary: 'Let no session be renewed; access tokens live out their minutes',
    tag,
    access: 'required',
    document: graphql(`
      mutation OpenbinLogoutAll {
        endRenewals(input: {}) {
          account {
            id
          }
        }
      }
    `),
    variables: () => ({}),
    success: {
      status: 200,
      cookies: () => noCookies,
      body: { schema: said, map: () => ({ message: 'Logged out on all devices' }) },
    },
    errors: [],
  }),
];
