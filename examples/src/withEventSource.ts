import { EventSource } from 'eventsource';
import { createNode } from './createNode.js';
import { headers, server } from './server.js';

const query = 'subscription { vpnNodeChanges { kind node { name } } }';
const source = new EventSource(`${server}/graphql?query=${encodeURIComponent(query)}`, {
  fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, ...headers } }),
});

source.addEventListener('open', () => void createNode('Seen by EventSource'), { once: true });
source.addEventListener('next', ({ data }) => {
  console.log(JSON.stringify(JSON.parse(data).data.vpnNodeChanges));
  source.close();
});
