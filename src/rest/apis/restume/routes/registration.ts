import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { message } from '../shapes.ts';

const tag = 'Registration';

export const registrationRoutes = [
  route({
    method: 'POST',
    path: '/v1/auth/register',
    contract: 'Endpoints, register',
    summary: 'Make an account; a mail with six digits proves the address',
    tag,
    access: 'public',
    body: z.object({
      username: z.string(),
      email: z.string(),
      password: z.string(),
      full_name: z.string().nullish(),
      invitation_code: z.string().nullish(),
    }),
    document: graphql(`
      mutation RestumeRegister($input: RegisterInput!) {
        register(input: $input) {
          account {
            id
            userName
            email
            name
          }
        }
      }
    `),
    variables: ({ body }) => ({
      input: {
        userName: body.username,
        email: body.email,
        password: body.password,
        passwordRule: 'SHORT' as const,
        name: body.full_name ?? null,
        invitationCode: body.invitation_code ?? null,
        verification: 'CODE' as const,
      },
    }),
    success: {
      status: 201,
      body: {
        schema: z.strictObject({
          id: z.string(),
          username: z.string().nullable(),
          email: z.string(),
          full_name: z.string(),
        }),
        map: ({ register: { account } }) => ({
          id: account.id,
          username: account.userName,
          email: account.email,
          full_name: account.name,
        }),
      },
    },
    externalNames: { userName: 'username', name: 'full_name' },
    errors: [
      'INVALID_INPUT',
      'EMAIL_TAKEN',
      'USER_NAME_TAKEN',
      'REGISTRATION_CLOSED',
      'INVITATION_INVALID',
      'OVERLOADED',
    ],
  }),
  route({
    method: 'POST',
    path: '/v1/auth/verify-email',
    contract: 'Endpoints, verify-email',
    summary: 'Prove an address with the six digits from the mail',
    tag,
    access: 'public',
    body: z.object({ email: z.string(), code: z.string() }),
    document: graphql(`
      mutation RestumeVerifyEmail($input: VerifyEmailCodeInput!) {
        verifyEmailCode(input: $input) {
          account {
            emailVerified
          }
        }
      }
    `),
    variables: ({ body }) => ({ input: body }),
    success: {
      status: 200,
      body: {
        schema: z.strictObject({ message: z.string(), verified: z.boolean() }),
        map: ({ verifyEmailCode: { account } }) => ({
          message: 'The e-mail address is verified.',
          verified: account.emailVerified,
        }),
      },
    },
    errors: ['INVALID_INPUT', 'CODE_INVALID'],
  }),
  route({
    method: 'POST',
    path: '/v1/auth/resend-verification',
    contract: 'Endpoints, resend-verification',
    summary: 'Mail a new code; the answer is the same for every address',
    tag,
    access: 'public',
    body: z.object({ email: z.string() }),
    document: graphql(`
      mutation RestumeResendVerification($email: String!) {
        resendVerification(input: { email: $email, method: CODE }) {
          accepted
        }
      }
    `),
    variables: ({ body }) => body,
    success: {
      status: 200,
      body: {
        schema: message,
        map: () => ({ message: 'If the address waits for its verification, a new code is on its way.' }),
      },
    },
    errors: ['INVALID_INPUT'],
  }),
];
