import { type Bench, type Contender, type Rates, ratioOf } from './harness/bench.ts';
import { sameAnswer } from './harness/sameAnswer.ts';
import type { Finding, Scenario } from './harness/scenario.ts';
import { withGround } from './harness/seed.ts';
import { type Household, seedHousehold } from './inventory/household.ts';

/** Where OpenBin is mounted by prefix; the hand-written server has its paths at the root. */
const prefix = '/openbin';
const search = { requests: 200, p95Ms: 100, query: 'hamer' };

/** Of many beginnings: there are only some 9,000 short codes for each, and a search for the last free ones never ends. */
const newNames = (
  'Attic Bench Cable Drill Extra Field Glass Hobby India Jolly Knife Light ' +
  'Metal Night Olive Paint Quilt Radio Sewing Tools Uncle Vinyl Water Yarn'
).split(' ');

interface Task {
  readonly name: string;
  readonly load: (household: Household) => Contender['load'];
  readonly shareOfBare: number;
  readonly warmUp?: number;
}

const tasks: readonly Task[] = [
  {
    name: 'list of 50 bins',
    load: ({ flat, headers }) => ({ path: `/api/bins?location_id=${flat}&limit=50`, headers }),
    shareOfBare: 0.6,
  },
  {
    name: 'one bin',
    load: ({ binId, headers }) => ({ path: `/api/bins/${binId}`, headers }),
    shareOfBare: 0.6,
  },
  {
    name: 'search in 5,000 bins',
    load: ({ depot, headers }) => ({
      path: `/api/bins?location_id=${depot}&limit=50&q=${search.query}`,
      headers,
      connections: 2,
    }),
    shareOfBare: 0.6,
    warmUp: 40,
  },
  {
    name: 'create a bin',
    load: ({ workshop: locationId, headers }) => ({
      path: '/api/bins',
      method: 'POST',
      status: 201,
      headers,
      bodies: newNames.map((name) =>
        JSON.stringify({
          locationId,
          name,
          notes: 'made by the benchmark',
          items: [{ name: 'Hammer', quantity: 1 }, { name: 'Saw', quantity: 2 }, { name: 'Nails' }],
          tags: ['tools', 'metal'],
        }),
      ),
    }),
    shareOfBare: 0.4,
  },
];

/** The 95th percentile of one search after the other, in milliseconds; every tenth comes after a change of the location. */
async function searchTimes(url: string, { depot, headers }: Household): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < search.requests; at += 1) {
    if (at % 10 === 0) {
      const body = JSON.stringify({ locationId: depot, name: `Late box ${at}` });
      await fetch(`${url}${prefix}/api/bins`, { method: 'POST', headers, body });
    }
    const startedAt = performance.now();
    const answer = await fetch(`${url}${prefix}/api/bins?location_id=${depot}&limit=50&q=${search.query}`, {
      headers,
    });
    await answer.text();
    if (!answer.ok) throw new Error(`A search was answered with ${answer.status}.`);
    times.push(performance.now() - startedAt);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.95)] ?? 0;
}

async function measure(
  bench: Bench,
  { name, load, shareOfBare, warmUp }: Task,
  servers: Servers,
): Promise<Finding> {
  const { path, ...rest } = load(servers.household);
  const before = warmUp !== undefined && { warmUp };
  const contenders = {
    ours: { server: servers.latchkey, load: { ...rest, path: prefix + path }, ...before },
    bare: { server: servers.bare, load: { ...rest, path }, ...before },
  };
  if (!rest.bodies) {
    await sameAnswer(
      servers.latchkey.url + prefix + path,
      servers.bare.url + path,
      servers.household.headers,
    );
  }
  const rates: Rates<'ours' | 'bare'> = await bench.compare(contenders);
  return ratioOf(`${name}: Latchkey / bare`, rates, ['ours', 'bare'], {
    by: 'perCpuSecond',
    aim: { atLeast: shareOfBare },
  });
}

interface Servers {
  readonly latchkey: Awaited<ReturnType<Bench['start']>>;
  readonly bare: Awaited<ReturnType<Bench['start']>>;
  readonly household: Household;
}

export const inventory: Scenario = {
  name: 'inventory',
  description:
    'OpenBin: a list of 50 bins with 3 items each, one bin, a search in 5,000 bins, making a bin; against bare Express with hand-written SQL',
  run: (bench) =>
    withGround(bench.folder, async ({ file, env, database }) => {
      const household = await seedHousehold(database);
      const latchkey = await bench.start('src/main.js', env);
      const bare = await bench.start('bench/inventory/bareServer.js', { DATABASE_FILE: file });
      const findings: Finding[] = [];
      for (const task of tasks) findings.push(await measure(bench, task, { latchkey, bare, household }));
      const p95 = await searchTimes(latchkey.url, household);
      return [
        ...findings,
        { what: 'search in 5,000 bins: p95 in ms', value: p95, aim: { atMost: search.p95Ms } },
      ];
    }),
};
