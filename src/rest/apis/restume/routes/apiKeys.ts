import { z } from 'zod';
import { graphql, type ResultOf } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { time } from '../shapes.ts';

const tag = 'API keys';
/** A key that leaks must not be able to make itself a successor, or to revoke the others. */
const credentials = ['SESSION'] as const;

const shownKey = {
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  is_active: z.boolean(),
  created_at: time,
};

const KeyFields = graphql(`
  fragment RestumeKey on ApiKey @_unmask {
    id
    name
    prefix
    status
    createdAt
  }
`);

function toShownKey({ id, name, prefix, status, createdAt }: ResultOf<typeof KeyFields>) {
  return { id, name, prefix, is_active: status === 'ACTIVE', created_at: createdAt };
}

export const apiKeyRoutes = [
  route({
    method: 'POST',
    path: '/v1/auth/api-keys',
    contract: 'Endpoints, api-keys',
    summary: 'Make an API key; its text is shown only here',
    tag,
    access: 'required',
    credentials,
    body: z.object({ name: z.string().trim().min(1, 'must not be empty') }),
    document: graphql(
      `
        mutation RestumeCreateKey($name: String!) {
          createApiKey(input: { name: $name, format: RESTUME }) {
            text
            apiKey {
              ...RestumeKey
            }
          }
        }
      `,
      [KeyFields],
    ),
    variables: ({ body }) => body,
    success: {
      status: 201,
      body: {
        schema: z.strictObject({ ...shownKey, raw_key: z.string() }),
        map: ({ createApiKey: { text, apiKey } }) => ({ ...toShownKey(apiKey), raw_key: text }),
      },
    },
    errors: ['API_KEY_LIMIT_REACHED'],
  }),
  route({
    method: 'GET',
    path: '/v1/auth/api-keys',
    contract: 'Endpoints, api-keys',
    summary: 'All keys, newest first, revoked ones too',
    tag,
    access: 'required',
    credentials,
    document: graphql(
      `
        query RestumeKeys {
          viewer {
            apiKeys(format: RESTUME, first: 1000) {
              nodes {
                ...RestumeKey
                lastUsedAt
              }
            }
          }
        }
      `,
      [KeyFields],
    ),
    variables: () => ({}),
    success: {
      status: 200,
      body: {
        schema: z.array(z.strictObject({ ...shownKey, last_used_at: time.nullable() })),
        map: ({ viewer }) =>
          viewer.apiKeys.nodes.map((key) => ({ ...toShownKey(key), last_used_at: key.lastUsedAt })),
      },
    },
    errors: [],
  }),
  route({
    method: 'DELETE',
    path: '/v1/auth/api-keys/:key_id',
    contract: 'Endpoints, api-keys',
    summary: 'Revoke a key, at once',
    tag,
    access: 'required',
    credentials,
    params: z.object({ key_id: z.string() }),
    document: graphql(`
      mutation RestumeRevokeKey($id: ID!) {
        revokeApiKey(input: { id: $id }) {
          apiKey {
            id
          }
        }
      }
    `),
    variables: ({ params }) => ({ id: params.key_id }),
    success: { status: 204 },
    errors: ['NOT_FOUND'],
  }),
];
