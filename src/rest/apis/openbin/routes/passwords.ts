import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { noCookies } from '../cookies.ts';
import { body, optionalText, said, text } from '../shapes.ts';

const tag = 'Account';

export const passwordRoutes = [
  route({
    method: 'PUT',
    path: '/api/auth/password',
    contract: '7.6',
    summary: 'Change the password; ends every session',
    tag,
    access: 'required',
    body: body({ currentPassword: optionalText, newPassword: text }),
    document: graphql(`
      mutation OpenbinPassword($currentPassword: String, $newPassword: String!) {
        updateViewer(
          input: { currentPassword: $currentPassword, newPassword: $newPassword, passwordRule: MIXED }
        ) {
          account {
            id
          }
        }
      }
    `),
    variables: ({ body: input }) => input,
    success: {
      status: 200,
      cookies: () => noCookies,
      body: { schema: said, map: () => ({ message: 'Password updated' }) },
    },
    errors: ['INVALID_INPUT', 'CREDENTIAL_KIND_REFUSED', 'CURRENT_PASSWORD_WRONG', 'OVERLOADED'],
  }),
  route({
    method: 'POST',
    path: '/api/auth/forgot-password',
    contract: '7.7',
    summary: 'Mail a link for a new password; the answer is the same for every address',
    tag,
    access: 'public',
    body: body({ email: text }),
    document: graphql(`
      mutation OpenbinForgotPassword($email: String!) {
        requestPasswordReset(input: { email: $email, life: TWO_HOURS }) {
          accepted
        }
      }
    `),
    variables: ({ body: input }) => input,
    success: {
      status: 200,
      body: {
        schema: said,
        map: () => ({ message: 'If an account with this address exists, a reset link was sent.' }),
      },
    },
    errors: ['INVALID_INPUT'],
  }),
  route({
    method: 'POST',
    path: '/api/auth/reset-password',
    contract: '7.7',
    summary: 'Set a new password with a token; ends every session and signs nobody in',
    tag,
    access: 'public',
    body: body({ token: text, newPassword: text }),
    document: graphql(`
      mutation OpenbinResetPassword($token: String!, $newPassword: String!) {
        resetPassword(input: { token: $token, newPassword: $newPassword, passwordRule: MIXED }) {
          accountId
        }
      }
    `),
    variables: ({ body: input }) => input,
    success: { status: 200, body: { schema: said, map: () => ({ message: 'Password was reset' }) } },
    errors: ['INVALID_INPUT', 'SECRET_INVALID', 'SECRET_EXPIRED', 'OVERLOADED'],
  }),
];
