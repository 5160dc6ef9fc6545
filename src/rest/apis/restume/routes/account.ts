import { z } from 'zod';
import { graphql, type ResultOf } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';

const tag = 'Account';

const account = z.strictObject({
  username: z.string().nullable(),
  email: z.string(),
  email_verified: z.boolean(),
  full_name: z.string(),
  google_linked: z.boolean(),
  has_password: z.boolean(),
  can_unlink_google: z.boolean(),
  available_sign_in_methods: z.array(z.enum(['password', 'google'])),
  plan: z.enum(['FREE', 'PRO', 'SCALE']),
  plan_source: z.enum(['default', 'granted', 'billing']),
});

const AccountFields = graphql(`
  fragment RestumeAccount on Account @_unmask {
    userName
    email
    emailVerified
    name
    hasPassword
    signInMethods
    plan
    planSource
  }
`);

/** Sources and ways to sign in are documented in lower case; a plan has the one spelling that it has everywhere. */
function lower<Value extends string>(value: Value): Lowercase<Value> {
  return value.toLowerCase() as Lowercase<Value>;
}

function toAccount(data: ResultOf<typeof AccountFields>): z.infer<typeof account> {
  const isLinked = data.signInMethods.includes('GOOGLE');
  return {
    username: data.userName,
    email: data.email,
    email_verified: data.emailVerified,
    full_name: data.name,
    google_linked: isLinked,
    has_password: data.hasPassword,
    can_unlink_google: isLinked && data.hasPassword,
    available_sign_in_methods: data.signInMethods.map(lower),
    plan: data.plan,
    plan_source: lower(data.planSource),
  };
}

export const accountRoutes = [
  route({
    method: 'GET',
    path: '/v1/me/account',
    contract: 'Endpoints, me/account',
    summary: 'The account, its plan and its ways to sign in',
    tag,
    access: 'required',
    document: graphql(
      `
        query RestumeMe {
          viewer {
            ...RestumeAccount
          }
        }
      `,
      [AccountFields],
    ),
    variables: () => ({}),
    success: { status: 200, body: { schema: account, map: ({ viewer }) => toAccount(viewer) } },
    errors: [],
  }),
  route({
    method: 'POST',
    path: '/v1/me/google/unlink',
    contract: 'Endpoints, me/google/unlink',
    summary: 'Unlink Google, while a password is there to sign in with',
    tag,
    access: 'required',
    document: graphql(
      `
        mutation RestumeUnlinkGoogle {
          unlinkIdentity(input: { provider: GOOGLE }) {
            account {
              ...RestumeAccount
            }
          }
        }
      `,
      [AccountFields],
    ),
    variables: () => ({}),
    success: {
      status: 200,
      body: { schema: account, map: ({ unlinkIdentity }) => toAccount(unlinkIdentity.account) },
    },
    errors: ['IDENTITY_NOT_LINKED', 'LAST_SIGN_IN_METHOD'],
  }),
];
