import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { text, UserFields, user } from '../shapes.ts';

const tag = 'Sign-in';
const ok = z.strictObject({ ok: z.literal(true) });

export const authRoutes = [
  route({
    method: 'POST',
    path: '/api/auth/register',
    contract: '2.1',
    summary: 'Make an account; a mail with a link proves the address',
    tag,
    access: 'public',
    body: z.object({
      name: text,
      email: text,
      password: text,
      confirm_password: text,
      invitation_code: text,
    }),
    document: graphql(`
      mutation BinboiRegister($input: RegisterInput!) {
        register(input: $input) {
          account {
            id
            email
          }
        }
      }
    `),
    variables: ({ body: { name, email, password, confirm_password, invitation_code } }) => ({
      input: { name, email, password, confirmPassword: confirm_password, invitationCode: invitation_code },
    }),
    success: {
      status: 201,
      body: {
        schema: z.strictObject({ ok: z.literal(true), user_id: z.string(), email: z.string() }),
        map: ({ register: { account } }) => ({
          ok: true as const,
          user_id: account.id,
          email: account.email,
        }),
      },
    },
    errors: ['INVALID_INPUT', 'EMAIL_TAKEN', 'REGISTRATION_CLOSED', 'INVITATION_INVALID', 'OVERLOADED'],
  }),
  route({
    method: 'POST',
    path: '/api/auth/login',
    contract: '2.2',
    summary: 'Open a session of seven days',
    tag,
    access: 'public',
    body: z.object({ email: text, password: text }),
    document: graphql(
      `
        mutation BinboiLogin($email: String!, $password: String!) {
          signIn(input: { email: $email, password: $password, session: LONG_LIVED }) {
            accessToken
            account {
              ...BinboiUser
            }
          }
        }
      `,
      [UserFields],
    ),
    variables: ({ body }) => body,
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ token: z.string(), user }),
        map: ({ signIn }) => ({ token: signIn.accessToken, user: signIn.account }),
      },
    },
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
    path: '/api/auth/verify-email',
    contract: '2.3',
    summary: 'Prove an address with the token from the mail',
    tag,
    access: 'public',
    body: z.object({ token: text }),
    document: graphql(`
      mutation BinboiVerifyEmail($token: String!) {
        verifyEmail(input: { token: $token }) {
          account {
            email
          }
        }
      }
    `),
    variables: ({ body }) => body,
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ ok: z.literal(true), email: z.string() }),
        map: ({ verifyEmail }) => ({ ok: true as const, email: verifyEmail.account.email }),
      },
    },
    errors: ['INVALID_INPUT', 'SECRET_INVALID', 'SECRET_EXPIRED'],
  }),
  route({
    method: 'POST',
    path: '/api/auth/resend-verification',
    contract: '2.3',
    summary: 'Mail a new verification link; the answer is the same for every address',
    tag,
    access: 'public',
    body: z.object({ email: text }),
    document: graphql(`
      mutation BinboiResendVerification($email: String!) {
        resendVerification(input: { email: $email }) {
          accepted
        }
      }
    `),
    variables: ({ body }) => body,
    success: { status: 200, body: { schema: ok, map: () => ({ ok: true as const }) } },
    errors: ['INVALID_INPUT'],
  }),
  route({
    method: 'POST',
    path: '/api/auth/forgot-password',
    contract: '2.4',
    summary: 'Mail a link for a new password; the answer is the same for every address',
    tag,
    access: 'public',
    body: z.object({ email: text }),
    document: graphql(`
      mutation BinboiForgotPassword($email: String!) {
        requestPasswordReset(input: { email: $email }) {
          accepted
        }
      }
    `),
    variables: ({ body }) => body,
    success: { status: 200, body: { schema: ok, map: () => ({ ok: true as const }) } },
    errors: ['INVALID_INPUT'],
  }),
  route({
    method: 'POST',
    path: '/api/auth/reset-password',
    contract: '2.5',
    summary: 'Set a new password with the token from the mail; ends every session',
    tag,
    access: 'public',
    body: z.object({ token: text, new_password: text }),
    document: graphql(`
      mutation BinboiResetPassword($token: String!, $newPassword: String!) {
        resetPassword(input: { token: $token, newPassword: $newPassword }) {
          accountId
        }
      }
    `),
    variables: ({ body }) => ({ token: body.token, newPassword: body.new_password }),
    success: { status: 200, body: { schema: ok, map: () => ({ ok: true as const }) } },
    errors: ['INVALID_INPUT', 'SECRET_INVALID', 'SECRET_EXPIRED', 'OVERLOADED'],
  }),
];
