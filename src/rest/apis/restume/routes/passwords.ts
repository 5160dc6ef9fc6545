import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { message } from '../shapes.ts';

const tag = 'Password';

export const passwordRoutes = [
  route({
    method: 'POST',
    path: '/v1/auth/forgot-password',
    contract: 'Endpoints, forgot-password',
    summary: 'Mail a recovery token; the answer is the same for every address',
    tag,
    access: 'public',
    body: z.object({ email: z.string() }),
    document: graphql(`
      mutation RestumeForgotPassword($email: String!) {
        requestPasswordReset(input: { email: $email }) {
          accepted
        }
      }
    `),
    variables: ({ body }) => body,
    success: {
      status: 200,
      body: {
        schema: message,
        map: () => ({ message: 'If the address has an account, a link for a new password is on its way.' }),
      },
    },
    errors: ['INVALID_INPUT'],
  }),
  route({
    method: 'POST',
    path: '/v1/auth/reset-password',
    contract: 'Endpoints, reset-password',
    summary: 'Set a new password with the recovery token; ends every session',
    tag,
    access: 'public',
    body: z.object({ token: z.string(), new_password: z.string() }),
    document: graphql(`
      mutation RestumeResetPassword($token: String!, $newPassword: String!) {
        resetPassword(input: { token: $token, newPassword: $newPassword, passwordRule: SHORT }) {
          accountId
        }
      }
    `),
    variables: ({ body }) => ({ token: body.token, newPassword: body.new_password }),
    success: {
      status: 200,
      body: { schema: message, map: () => ({ message: 'The new password is set; sign in with it.' }) },
    },
    errors: ['INVALID_INPUT', 'SECRET_INVALID', 'SECRET_EXPIRED', 'OVERLOADED'],
  }),
];
