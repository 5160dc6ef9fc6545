import { print } from 'graphql';
import { binboi } from '../src/rest/apis/binboi/api.ts';
import { type Contender, ratioOf } from './harness/bench.ts';
import { sameAnswer } from './harness/sameAnswer.ts';
import type { Scenario } from './harness/scenario.ts';
import { seedAccount, withGround } from './harness/seed.ts';

interface Read {
  readonly name: string;
  readonly path: string;
  /** What share of the hand-written server's requests a second ours has to reach. */
  readonly shareOfBare: number;
}

/** One documented read through the whole server, against the same answer written by hand and against GraphQL over HTTP. */
function readScenario({ name, path, shareOfBare }: Read): Scenario {
  return {
    name,
    description: `GET ${path} with a key: the server, bare Express with hand-written SQL, the same query by POST /graphql`,
    run: (bench) =>
      withGround(bench.folder, async ({ file, env, database }) => {
        const { headers } = await seedAccount(database);
        const latchkey = await bench.start('src/main.js', env);
        const bare = await bench.start('bench/bare/main.js', { DATABASE_FILE: file });
        await sameAnswer(latchkey.url + path, bare.url + path, headers);
        const rates = await bench.compare({
          rest: { server: latchkey, load: { path, headers } },
          bare: { server: bare, load: { path, headers } },
          graphql: { server: latchkey, load: await graphqlLoad(latchkey.url, path, headers) },
        });
        const by = 'perCpuSecond';
        return [
          ratioOf(`${name}: REST / bare`, rates, ['rest', 'bare'], { by, aim: { atLeast: shareOfBare } }),
          ratioOf(`${name}: REST / GraphQL`, rates, ['rest', 'graphql'], { by, aim: { atLeast: 1.5 } }),
        ];
      }),
  };
}

/** The document that the route runs, sent over HTTP. Throws when it is not answered. */
async function graphqlLoad(
  url: string,
  path: string,
  authorization: Readonly<Record<string, string>>,
): Promise<Contender['load']> {
  const route = binboi.routes.find((candidate) => candidate.method === 'GET' && candidate.path === path);
  if (!route) throw new Error(`Binboi has no GET ${path}.`);
  const load = {
    path: '/graphql',
    method: 'POST',
    headers: { ...authorization, 'content-type': 'application/json' },
    // Strangers' documents have a cost limit, and may not ask for a thousand of anything.
    bodies: [JSON.stringify({ query: print(route.document).replace('first: 1000', 'first: 50') })],
  } as const;
  const answer = await fetch(url + load.path, { ...load, body: load.bodies[0] ?? '' });
  // A GraphQL answer has status 200 whatever is in it.
  const { errors } = (await answer.json()) as { errors?: unknown };
  if (errors) throw new Error(`GraphQL: ${JSON.stringify(errors)}`);
  return load;
}

export const me = readScenario({ name: 'me', path: '/api/v1/auth/me', shareOfBare: 0.5 });
export const tokens = readScenario({ name: 'tokens', path: '/api/v1/tokens', shareOfBare: 0.25 });
