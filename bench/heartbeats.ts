import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './harness/bench.ts';
import { ratioOf } from './harness/bench.ts';
import type { Finding, Scenario } from './harness/scenario.ts';
import { type Ground, withGround } from './harness/seed.ts';
import { median } from './harness/statistics.ts';
import { type Fleet, seedFleet } from './heartbeats/fleet.ts';
import { withPostgresGround } from './heartbeats/postgresGround.ts';

/** 10,000 nodes, one heartbeat each 30 seconds. */
const neededPerSecond = 333;
/** Agents do not wait for one another. */
const connections = 50;
const secretKey = 'a secret for benchmarks only';

type Engine = 'SQLite' | 'PostgreSQL';

/** Where the PostgreSQL part makes its database; without it that part is left out. */
const postgresServer = process.env.LATCHKEY_BENCH_DATABASE_URL ?? process.env.LATCHKEY_TEST_DATABASE_URL;

/** Throws unless as many heartbeats are stored as were acknowledged. */
async function assertAllStored(
  ground: Ground,
  url: string,
  { headers, paths, bodies }: Fleet,
): Promise<void> {
  const stored = async () =>
    (await ground.database.db.vpnHeartbeatBucket.aggregate({ _sum: { count: true } }))._sum.count ?? 0;
  /** What the load sent last may still be on its way when it ends. */
  async function settled(): Promise<number> {
    for (let last = await stored(); ; ) {
      await sleep(500);
      const now = await stored();
      if (now === last) return now;
      last = now;
    }
  }
  const before = await settled();
  const answers = await Promise.all(
    bodies.map((body, index) => fetch(url + paths[index], { method: 'POST', headers, body })),
  );
  const acknowledged = answers.filter(({ status }) => status === 200).length;
  const after = await settled();
  if (acknowledged !== bodies.length || after - before !== acknowledged) {
    throw new Error(`${acknowledged} heartbeats were acknowledged and ${after - before} stored.`);
  }
}

/** Throws unless both answer the same. */
async function assertSameAnswer(
  ours: string,
  bare: string,
  { headers, paths, bodies }: Fleet,
): Promise<void> {
  const answer = async (url: string) =>
    (await fetch(url + paths[0], { method: 'POST', headers, body: bodies[0] ?? '' })).text();
  const answers = [await answer(ours), await answer(bare)];
  if (answers[0] !== answers[1]) throw new Error(`The answers differ:\n${answers.join('\n')}`);
}

async function measure(bench: Bench, engine: Engine, ground: Ground): Promise<Finding[]> {
  const fleet = await seedFleet(ground.database, secretKey);
  const latchkey = await bench.start('src/main.js', { ...ground.env, SECRET_KEY: secretKey });
  const bareFile = `bench/heartbeats/bare${engine === 'SQLite' ? 'Sqlite' : 'Postgres'}.js`;
  const bare = await bench.start(bareFile, { DATABASE: ground.file, SECRET_KEY: secretKey });
  await assertSameAnswer(latchkey.url, bare.url, fleet);
  const { headers, paths, bodies } = fleet;
  const load = { path: paths[0] ?? '', method: 'POST', headers, paths, bodies, connections } as const;
  const rates = await bench.compare({ ours: { server: latchkey, load }, bare: { server: bare, load } });
  await assertAllStored(ground, latchkey.url, fleet);
  const perSecond = rates.ours.map((rate) => rate.perSecond);
  return [
    {
      what: `heartbeats on ${engine}: stored a second`,
      value: median(perSecond),
      range: [Math.min(...perSecond), Math.max(...perSecond)],
      aim: { atLeast: neededPerSecond },
    },
    ratioOf(`heartbeats on ${engine}: Latchkey / bare`, rates, ['ours', 'bare'], {
      by: 'perCpuSecond',
      aim: { atLeast: 0.4 },
    }),
  ];
}

function folderFor(bench: Bench, name: string): string {
  const folder = join(bench.folder, name);
  mkdirSync(folder);
  return folder;
}

export const heartbeats: Scenario = {
  name: 'heartbeats',
  description:
    'POST /api/v2/nodes/{id}/heartbeat/ by 50 agents at a time: the server, and bare Express with the same writes by hand; on PostgreSQL too when LATCHKEY_BENCH_DATABASE_URL names one',
  async run(bench) {
    const findings = await withGround(folderFor(bench, 'sqlite'), (ground) =>
      measure(bench, 'SQLite', ground),
    );
    if (!postgresServer) return findings;
    const more = await withPostgresGround(folderFor(bench, 'postgresql'), postgresServer, (ground) =>
      measure(bench, 'PostgreSQL', ground).finally(() => bench.children.stopAll()),
    );
    return [...findings, ...more];
  },
};
