import { z } from 'zod';
import { graphql } from '../../../../graph/core/documents.ts';
import { route } from '../../../engine/route.ts';
import {
  OwnerFields,
  TokenFields,
  text,
  tokenOwner,
  tokenRecord,
  toTokenOwner,
  toTokenRecord,
} from '../shapes.ts';

const tag = 'Tokens';

export const tokenRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/tokens',
    contract: '3.1',
    summary: 'All tokens, newest first, revoked ones too',
    tag,
    access: 'required',
    document: graphql(
      `
        query BinboiTokens {
          viewer {
            ...BinboiOwner
            apiKeys(format: BINBOI, first: 1000) {
              activeCount
              nodes {
                ...BinboiToken
              }
            }
          }
        }
      `,
      [OwnerFields, TokenFields],
    ),
    variables: () => ({}),
    success: {
      status: 200,
      body: {
        schema: tokenOwner.extend({ tokens: z.array(tokenRecord) }),
        map: ({ viewer }) => ({
          ...toTokenOwner(viewer, viewer.apiKeys.activeCount),
          tokens: viewer.apiKeys.nodes.map(toTokenRecord),
        }),
      },
    },
    errors: [],
  }),
  route({
    method: 'POST',
    path: '/api/v1/tokens',
    contract: '3.2',
    summary: 'Make a token; its text is shown only here',
    tag,
    access: 'required',
    body: z.object({ name: text }).optional(),
    document: graphql(
      `
        mutation BinboiCreateToken($name: String) {
          createApiKey(input: { name: $name, format: BINBOI }) {
            text
            apiKey {
              ...BinboiToken
            }
            account {
              ...BinboiOwner
              activeApiKeyCount(format: BINBOI)
            }
          }
        }
      `,
      [OwnerFields, TokenFields],
    ),
    variables: ({ body }) => ({ name: body?.name ?? null }),
    success: {
      status: 201,
      body: {
        schema: tokenOwner.extend({ token: z.string(), record: tokenRecord }),
        map: ({ createApiKey: { text, apiKey, account } }) => ({
          ...toTokenOwner(account, account.activeApiKeyCount),
          token: text,
          record: toTokenRecord(apiKey),
        }),
      },
    },
    errors: ['CREDENTIAL_KIND_REFUSED', 'API_KEY_LIMIT_REACHED'],
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/tokens/:id',
    contract: '3.3',
    summary: 'Revoke a token, at once',
    tag,
    access: 'required',
    params: z.object({ id: z.string() }),
    document: graphql(`
      mutation BinboiRevokeToken($id: ID!) {
        revokeApiKey(input: { id: $id }) {
          apiKey {
            id
          }
        }
      }
    `),
    variables: ({ params }) => params,
    success: { status: 204 },
    errors: ['NOT_FOUND'],
  }),
];
