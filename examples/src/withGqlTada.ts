import { initGraphQLTada } from 'gql.tada';
import { request } from 'graphql-request';
import type { introspection } from './generated/graphql-env.js';
import { headers, server } from './server.js';

const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { DateTime: string; BigInt: number; JSON: unknown };
}>();

const document = graphql(`
  mutation Reserve($input: CreateTunnelInput!) {
    createTunnel(input: $input) { tunnel { subdomain status bytesOut createdAt } }
  }
`);

const input = { subdomain: 'mary', target: '8080' };
const { createTunnel } = await request(`${server}/graphql`, document, { input }, headers);
const { subdomain, status, bytesOut } = createTunnel.tunnel;
console.log(JSON.stringify({ subdomain, status, bytesOut: bytesOut + 0 }));
