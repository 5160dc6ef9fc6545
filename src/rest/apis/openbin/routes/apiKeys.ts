import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import { body, idParam, inList, list, optionalText, said, time } from '../shapes.ts';

const tag = 'API keys';

const row = z.strictObject({
  id: z.string(),
  key_prefix: z.string(),
  name: z.string(),
  created_at: time,
  last_used_at: time.nullable(),
  revoked_at: z.null(),
});

export const apiKeyRoutes = [
  route({
    method: 'GET',
    path: '/api/api-keys',
    contract: '18',
    summary: 'The active keys, newest first',
    tag,
    access: 'required',
    document: graphql(`
      query OpenbinApiKeys {
        viewer {
          apiKeys(format: OPENBIN, activeOnly: true, first: 1000) {
            nodes {
              id
              prefix
              name
              createdAt
              lastUsedAt
            }
          }
        }
      }
    `),
    variables: () => ({}),
    success: {
      status: 200,
      body: {
        schema: list(row),
        map: ({ viewer }) =>
          inList(
            viewer.apiKeys.nodes.map((key) => ({
              id: key.id,
              key_prefix: key.prefix,
              name: key.name,
              created_at: key.createdAt,
              last_used_at: key.lastUsedAt,
              revoked_at: null,
            })),
          ),
      },
    },
    errors: [],
  }),
  route({
    method: 'POST',
    path: '/api/api-keys',
    contract: '18',
    summary: 'Make a key; it is shown only in this answer',
    tag,
    access: 'required',
    body: body({ name: optionalText }),
    document: graphql(`
      mutation OpenbinCreateApiKey($name: String) {
        createApiKey(input: { name: $name, format: OPENBIN }) {
          text
          apiKey {
            id
            prefix
            name
          }
        }
      }
    `),
    variables: ({ body: input }) => input,
    success: {
      status: 201,
      body: {
        schema: z.strictObject({ id: z.string(), key: z.string(), keyPrefix: z.string(), name: z.string() }),
        map: ({ createApiKey: { text, apiKey } }) => ({
          id: apiKey.id,
          key: text,
          keyPrefix: apiKey.prefix,
          name: apiKey.name,
        }),
      },
    },
    errors: ['CREDENTIAL_KIND_REFUSED', 'API_KEY_LIMIT_REACHED'],
  }),
  route({
    method: 'DELETE',
    path: '/api/api-keys/:id',
    contract: '18',
    summary: 'Revoke a key at once',
    tag,
    access: 'required',
    document: graphql(`
      mutation OpenbinRevokeApiKey($id: ID!) {
        revokeApiKey(input: { id: $id, onlyActive: true }) {
          apiKey {
            id
          }
        }
      }
    `),
    params: idParam,
    variables: ({ params }) => params,
    success: { status: 200, body: { schema: said, map: () => ({ message: 'API key revoked' }) } },
    errors: ['NOT_FOUND'],
  }),
];
