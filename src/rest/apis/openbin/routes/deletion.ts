import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { noCookies } from '../cookies.ts';
import { body, judgedText, optionalText, said, time } from '../shapes.ts';

const tag = 'Account';

export const deletionRoutes = [
  route({
    method: 'DELETE',
    path: '/api/auth/account',
    contract: '7.8',
    summary: 'Have the account deleted when the grace period is over',
    tag,
    access: 'required',
    body: body({ password: optionalText, refundPolicy: judgedText }),
    document: graphql(`
      mutation OpenbinDeleteAccount($password: String, $refundPolicy: String) {
        requestDeletion(input: { password: $password, refundPolicy: $refundPolicy }) {
          scheduledAt
        }
      }
    `),
    variables: ({ body: input }) => input,
    success: {
      status: 200,
      cookies: () => noCookies,
      body: {
        schema: said.extend({ scheduledAt: time.nullable() }),
        map: ({ requestDeletion: { scheduledAt } }) => ({
          message: scheduledAt ? 'Account scheduled for deletion' : 'Account deleted',
          scheduledAt,
        }),
      },
    },
    errors: [
      'INVALID_INPUT',
      'CREDENTIAL_KIND_REFUSED',
      'CURRENT_PASSWORD_WRONG',
      'ACCOUNT_DELETION_PENDING',
      'LAST_ADMINISTRATOR',
      'SOLE_ADMIN_OF_SHARED_LOCATIONS',
      'OVERLOADED',
    ],
    errorMapping: { ACCOUNT_DELETION_PENDING: { status: 409, code: 'CONFLICT' } },
  }),
  route({
    method: 'POST',
    path: '/api/auth/recover-deletion',
    contract: '7.8',
    summary: 'Take the request for the deletion back',
    tag,
    access: 'public',
    body: body({ email: optionalText, password: optionalText }),
    document: graphql(`
      mutation OpenbinRecoverDeletion($email: String, $password: String) {
        recoverAccount(input: { email: $email, password: $password }) {
          recoveredAccountId
        }
      }
    `),
    variables: ({ body: input }) => input,
    success: {
      status: 200,
      body: { schema: said, map: () => ({ message: 'The account was recovered; sign in again.' }) },
    },
    errors: ['INVALID_INPUT', 'SIGN_IN_FAILED', 'ACCOUNT_DELETION_DUE', 'OVERLOADED'],
  }),
];
