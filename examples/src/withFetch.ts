import { createNode } from './createNode.js';
import { headers, server } from './server.js';

const ending = new AbortController();
const response = await fetch(`${server}/graphql`, {
  method: 'POST',
  headers: { ...headers, accept: 'text/event-stream', 'content-type': 'application/json' },
  body: JSON.stringify({ query: 'subscription { vpnNodeChanges { kind node { name } } }' }),
  signal: ending.signal,
});
if (!response.ok || !response.body) throw new Error(await response.text());
await createNode('Seen by fetch');

let text = '';
for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
  text += chunk;
  // An empty line ends an event; a line that begins with a colon is a sign of life.
  const change = /^event: next\ndata: (.*)\n\n/m.exec(text)?.[1];
  if (!change) continue;
  console.log(JSON.stringify(JSON.parse(change).data.vpnNodeChanges));
  break;
}
ending.abort();
