import { ClientError, GraphQLClient, gql } from 'graphql-request';
import { headers, server } from './server.js';

const client = new GraphQLClient(`${server}/graphql`, { headers });

interface Answer {
  viewer: { name: string; locations: { nodes: { name: string; binCount: number }[] } };
}
const { viewer } = await client.request<Answer>(gql`
  query Viewer {
    viewer { name locations { nodes { name binCount } } }
  }
`);

const code = await client
  .request(gql`mutation { renameApiKey(input: { id: "none", name: "x" }) { apiKey { id } } }`)
  .then(
    () => 'no error',
    (error: unknown) => (error instanceof ClientError ? error.response.errors?.[0]?.extensions.code : error),
  );

console.log(JSON.stringify({ locations: viewer.locations.nodes, code }));
