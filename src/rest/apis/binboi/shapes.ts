import { z } from 'zod';
import { graphql, type ResultOf } from '../../../graph/core/documents.ts';

/** A body field that may be missing or null, both of which mean empty. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** Contract 1: token times have whole seconds. */
export function wholeSeconds(time: string): string {
  return `${time.slice(0, 19)}Z`;
}

const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

/** Contract 3, "Record". */
export const tokenRecord = z.strictObject({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  status: z.enum(['ACTIVE', 'REVOKED']),
  createdAt: time,
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
});

export const TokenFields = graphql(`
  fragment BinboiToken on ApiKey @_unmask {
    id
    name
    prefix
    status
    createdAt
    lastUsedAt
    revokedAt
  }
`);

/** A key as the contract shows it. */
export function toTokenRecord(key: ResultOf<typeof TokenFields>): z.infer<typeof tokenRecord> {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    status: key.status,
    createdAt: wholeSeconds(key.createdAt),
    lastUsedAt: key.lastUsedAt && wholeSeconds(key.lastUsedAt),
    revokedAt: key.revokedAt && wholeSeconds(key.revokedAt),
  };
}

/** The account as login, `auth/me` and tokens show it. */
export const user = z.strictObject({ id: z.string(), email: z.string(), name: z.string(), plan: z.string() });

export const UserFields = graphql(`
  fragment BinboiUser on Account @_unmask {
    id
    email
    name
    plan
  }
`);

/** Contract 3.1 and 3.2: what goes with a list of tokens, or with a new one. */
export const tokenOwner = z.strictObject({
  auth_mode: z.literal('account'),
  user,
  limits: z.strictObject({
    plan: z.string(),
    max_tokens: z.int().nullable(),
    max_tunnels: z.int().nullable(),
    tokens_used: z.int(),
    active_tunnels: z.null(),
  }),
});

export const OwnerFields = graphql(
  `
    fragment BinboiOwner on Account @_unmask {
      ...BinboiUser
      planLimits {
        maxApiKeys
        maxTunnels
      }
    }
  `,
  [UserFields],
);

/** The owner part of both answers. */
export function toTokenOwner(
  { id, email, name, plan, planLimits }: ResultOf<typeof OwnerFields>,
  tokensUsed: number,
): z.infer<typeof tokenOwner> {
  return {
    auth_mode: 'account',
    user: { id, email, name, plan },
    limits: {
      plan,
      max_tokens: planLimits.maxApiKeys,
      max_tunnels: planLimits.maxTunnels,
      tokens_used: tokensUsed,
      active_tunnels: null,
    },
  };
}
