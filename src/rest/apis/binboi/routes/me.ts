import { z } from 'zod';
import { graphql, type ResultOf } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { UserFields, user } from '../shapes.ts';

const tag = 'Account';

const me = z.strictObject({
  user,
  token_prefix: z.string(),
  auth_mode: z.enum(['personal-access-token', 'account']),
});

const CredentialFields = graphql(`
  fragment BinboiCredential on Credential @_unmask {
    kind
    keyPrefix
  }
`);

function toMe(account: ResultOf<typeof UserFields>, { kind, keyPrefix }: ResultOf<typeof CredentialFields>) {
  const auth_mode = kind === 'API_KEY' ? ('personal-access-token' as const) : ('account' as const);
  return { user: account, token_prefix: keyPrefix ?? '', auth_mode };
}

const optionalText = z.string().nullish();

export const meRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/auth/me',
    contract: '5.1',
    summary: 'Who the credential belongs to',
    tag,
    access: 'required',
    document: graphql(
      `
        query BinboiMe {
          viewer {
            ...BinboiUser
          }
          credential {
            ...BinboiCredential
          }
        }
      `,
      [UserFields, CredentialFields],
    ),
    variables: () => ({}),
    success: { status: 200, body: { schema: me, map: ({ viewer, credential }) => toMe(viewer, credential) } },
    errors: [],
  }),
  route({
    method: 'PUT',
    path: '/api/v1/auth/me',
    contract: '5.2',
    summary: 'Change name or password; all or nothing',
    tag,
    access: 'required',
    body: z.object({
      name: optionalText,
      current_password: optionalText,
      new_password: optionalText,
      currentPassword: optionalText,
      newPassword: optionalText,
    }),
    document: graphql(
      `
        mutation BinboiUpdateMe($input: UpdateViewerInput!) {
          updateViewer(input: $input) {
            account {
              ...BinboiUser
            }
            credential {
              ...BinboiCredential
            }
          }
        }
      `,
      [UserFields, CredentialFields],
    ),
    variables: ({ body }) => ({
      input: {
        name: body.name,
        currentPassword: body.current_password ?? body.currentPassword,
        newPassword: body.new_password ?? body.newPassword,
      },
    }),
    success: {
      status: 200,
      body: { schema: me, map: ({ updateViewer: { account, credential } }) => toMe(account, credential) },
    },
    errors: ['INVALID_INPUT', 'CREDENTIAL_KIND_REFUSED', 'CURRENT_PASSWORD_WRONG', 'OVERLOADED'],
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/auth/me',
    contract: '5.3',
    summary: 'Delete the account with everything in it',
    tag,
    access: 'required',
    document: graphql(`
      mutation BinboiDeleteMe {
        deleteViewer(input: {}) {
          deletedAccountId
        }
      }
    `),
    variables: () => ({}),
    success: { status: 204 },
    errors: ['LAST_ADMINISTRATOR'],
  }),
];
