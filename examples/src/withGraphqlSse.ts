import { createClient } from 'graphql-sse';
import { createNode } from './createNode.js';
import { headers, server } from './server.js';

const client = createClient({
  url: `${server}/graphql`,
  headers,
  on: { connected: () => void createNode('Seen by graphql-sse') },
});

const changes = client.iterate<{ vpnNodeChanges: { kind: string; node: { name: string } | null } }>({
  query: 'subscription { vpnNodeChanges { kind node { name } } }',
});
for await (const { data } of changes) {
  console.log(JSON.stringify(data?.vpnNodeChanges));
  break;
}
client.dispose();
