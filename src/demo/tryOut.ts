import type { Person } from './people.ts';

const query = '{ viewer { name locations { nodes { name binCount } } tunnels { nodes { publicUrl } } } }';

/** What to do with the demo: start the server at `origin`, then use a key of `owner` with REST and with GraphQL. */
export function tryOut(owner: Person, origin: string): string {
  const [key] = Object.values(owner.keys);
  const call = `curl --fail-with-body -sS -H 'Authorization: Bearer ${key}'`;
  return [
    'Start the server with "npm start" and the same DATA_DIR. Then use a key in another terminal, with REST:',
    '',
    `${call} ${origin}/openbin/api/locations; echo`,
    '',
    'and with GraphQL:',
    '',
    `${call} -H 'Content-Type: application/json' ${origin}/graphql -d '${JSON.stringify({ query })}'; echo`,
    '',
    `The key is one of ${owner.email}. Each of the keys above works at every API.`,
  ].join('\n');
}
