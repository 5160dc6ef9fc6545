import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Network, openNetwork } from '../platform/events/network.ts';
import { postgresServer } from '../support/database.ts';
import { readOutbox } from '../support/mails.ts';
import { makeServerPlace, runServer } from '../support/serverProcess.ts';

const password = 'correct horse battery';
/** Longer than any request may take that the database does not answer. */
const hangsAfterMs = 10_000;

type Server = Awaited<ReturnType<typeof runServer>>;

let place: Awaited<ReturnType<typeof makeServerPlace>>;
let network: Network;
let servers: Server[] = [];
/** Connected past the network that the test cuts. */
let admin: pg.Client;
let session: string;
let key: string;
let locationId: string;

async function send(server: Server, method: string, path: string, credential: string, body?: unknown) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(credential && { authorization: `Bearer ${credential}` }),
    },
    signal: AbortSignal.timeout(hangsAfterMs),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: text === '' ? undefined : JSON.parse(text),
  };
}

type Answer = Awaited<ReturnType<typeof send>>;

/** The same request at each API, with the form in which it reports that the database cannot be reached. */
const rejections: readonly (readonly [string, (server: Server) => Promise<Answer>, object])[] = [
  [
    'OpenBin',
    (server) => send(server, 'GET', '/openbin/api/locations', key),
    { error: 'SERVICE_UNAVAILABLE', message: expect.any(String) },
  ],
  [
    'Binboi',
    (server) => send(server, 'GET', '/binboi/api/v1/tunnels', key),
    { code: 'SERVICE_UNAVAILABLE', error: expect.any(String) },
  ],
  ['RESTume', (server) => send(server, 'GET', '/restume/v1/me/account', key), { detail: expect.any(String) }],
  [
    'Bingo',
    (server) => send(server, 'GET', '/bingo/api/v2/nodes/', key),
    { success: false, data: null, error: { code: 503, message: expect.any(String) } },
  ],
  [
    'GraphQL',
    (server) => send(server, 'POST', '/graphql', key, { query: '{ viewer { locations { nodes { id } } } }' }),
    {
      errors: [
        expect.objectContaining({
          extensions: expect.objectContaining({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 1 }),
        }),
      ],
    },
  ],
  [
    'GraphQL without a credential',
    (server) => send(server, 'POST', '/graphql', '', { query: '{ service { databaseAnswers } }' }),
    {
      data: null,
      errors: [
        expect.objectContaining({
          extensions: expect.objectContaining({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 1 }),
        }),
      ],
    },
  ],
  [
    'a sign-in',
    (server) => send(server, 'POST', '/binboi/api/auth/login', '', { email: 'ada@example.com', password }),
    { code: 'SERVICE_UNAVAILABLE', error: expect.any(String) },
  ],
];

/** Creates one bin, in turn by OpenBin and by GraphQL, which write by different paths of the server. */
async function createBin(
  server: Server,
  name: string,
  byGraphql: boolean,
): Promise<Answer & { isMade: boolean }> {
  if (!byGraphql) {
    const answer = await send(server, 'POST', '/openbin/api/bins', key, { locationId, name });
    return { ...answer, isMade: answer.status === 201 };
  }
  const query = 'mutation ($input: CreateBinInput!) { createBin(input: $input) { bin { id } } }';
  const answer = await send(server, 'POST', '/graphql', key, {
    query,
    variables: { input: { locationId, name } },
  });
  return { ...answer, isMade: answer.status === 200 && answer.body.data?.createBin?.bin?.id !== undefined };
}

interface Tally {
  acknowledged: string[];
  refused: number;
  /** What no caller may meet: other answers, broken connections, hanging requests. */
  wrong: string[];
}

/**
 * Eight writers create bins at both instances while `disturb` runs, again and again. Before each round a bin must have
 * been acknowledged since the last: every round hits a server that works, and one that does not recover fails.
 */
async function writeDuring(label: string, rounds: number, disturb: () => Promise<unknown>): Promise<Tally> {
  const tally: Tally = { acknowledged: [], refused: 0, wrong: [] };
  let isOver = false;
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let round = 0; !isOver; round++) {
      const name = `${label} ${writer} ${round}`;
      const server = servers[(writer + round) % servers.length];
      if (!server) continue;
      try {
        const answer = await createBin(server, name, writer % 2 === 1);
        if (answer.isMade) tally.acknowledged.push(name);
        else if (answer.status === 503 && answer.retryAfter !== null) tally.refused++;
        else tally.wrong.push(`${answer.status} ${JSON.stringify(answer.body)}`);
      } catch (error) {
        tally.wrong.push(String((error as Error).cause ?? error));
      }
      await sleep(5);
    }
  });
  try {
    for (let round = 0; round < rounds; round++) {
      await sleep(150);
      await disturb();
      const before = tally.acknowledged.length;
      const makesProgress = () => tally.acknowledged.length > before;
      await expect.poll(makesProgress, { interval: 20, timeout: hangsAfterMs }).toBe(true);
    }
  } finally {
    isOver = true;
  }
  await Promise.all(writers);
  return tally;
}

/** Which of the acknowledged bins have no row. */
async function lostOf({ acknowledged }: Tally): Promise<string[]> {
  const { rows } = await admin.query('SELECT "name" FROM "Bin" WHERE "name" = ANY($1)', [acknowledged]);
  const found = new Set(rows.map(({ name }) => name));
  return acknowledged.filter((name) => !found.has(name));
}

async function checkTally(tally: Tally): Promise<void> {
  const lost = await lostOf(tally);
  expect(tally.wrong).toEqual([]);
  expect(lost).toEqual([]);
  expect(tally.refused).toBeGreaterThan(0);
}

/** Both instances write and hear each other again. */
async function checkRecovery(label: string): Promise<void> {
  for (const [index, server] of servers.entries())
    expect(await createBin(server, `${label} after ${index}`, false)).toMatchObject({ isMade: true });
  const countListeners = async () =>
    (
      await admin.query(
        `SELECT count(*)::int AS n FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'latchkey-events'`,
      )
    ).rows[0].n;
  await expect.poll(countListeners, { timeout: 2000 }).toBe(servers.length);
  const [one, other] = servers as [Server, Server];
  const made = await send(one, 'POST', '/binboi/api/v1/tokens', session, { name: 'short-lived' });
  expect(made.status).toBe(201);
  for (const server of [one, other, other])
    expect(await send(server, 'GET', '/binboi/api/v1/auth/me', made.body.token)).toMatchObject({
      status: 200,
    });
  const revoked = await send(one, 'DELETE', `/binboi/api/v1/tokens/${made.body.record.id}`, session);
  expect(revoked.status).toBe(204);
  for (const server of [other, one])
    expect(await send(server, 'GET', '/binboi/api/v1/auth/me', made.body.token)).toMatchObject({
      status: 401,
    });
}

beforeAll(async () => {
  if (!postgresServer) return;
  place = await makeServerPlace();
  network = await openNetwork(place.env.DATABASE_URL);
  admin = new pg.Client(place.env.DATABASE_URL);
  await admin.connect();
  const env = {
    ...place.env,
    DATABASE_URL: network.url,
    DISABLE_RATE_LIMIT: 'true',
    SECRET_KEY: 'the same secret for both instances',
  };
  servers = await Promise.all([runServer(env), runServer(env)]);
  const [one] = servers as [Server];
  const email = 'ada@example.com';
  await send(one, 'POST', '/binboi/api/auth/register', '', { email, password });
  const token = await vi.waitFor(() => {
    const mail = readOutbox(place.dataDir).findLast(({ to }) => to.includes(email));
    const found = /token=([0-9a-f]+)/.exec(mail?.text ?? '')?.[1];
    expect(found).toBeDefined();
    return found;
  }, 20_000);
  await send(one, 'POST', '/binboi/api/auth/verify-email', '', { token });
  session = (await send(one, 'POST', '/binboi/api/auth/login', '', { email, password })).body.token;
  key = (await send(one, 'POST', '/binboi/api/v1/tokens', session, { name: 'writer' })).body.token;
  locationId = (await send(one, 'POST', '/openbin/api/locations', key, { name: 'Home' })).body.id;
}, 240_000);
afterAll(async () => {
  if (!postgresServer) return;
  await Promise.all(servers.map((server) => server.terminate()));
  await admin.end();
  await network.close();
  await place.remove();
});

describe.skipIf(!postgresServer)('two processes whose PostgreSQL goes away', { timeout: 120_000 }, () => {
  it('survive 25 terminations of all connections and lose nothing that was acknowledged', async () => {
    const tally = await writeDuring('terminated', 25, () =>
      admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      ),
    );
    await checkTally(tally);
    await checkRecovery('terminated');
  });

  it('survive 10 cuts of a second and lose nothing that was acknowledged', async () => {
    const tally = await writeDuring('cut', 10, async () => {
      network.cut();
      await sleep(1000);
      network.restore();
    });
    await checkTally(tally);
    await checkRecovery('cut');
  });

  it('answer 503 with Retry-After in the form of each API meanwhile', async () => {
    network.cut();
    try {
      for (const server of servers) {
        for (const [name, ask, form] of rejections) {
          const { status, retryAfter, body } = await ask(server);
          expect({ name, status, retryAfter, body }).toEqual({
            name,
            status: 503,
            retryAfter: '1',
            body: expect.objectContaining(form),
          });
        }
        expect(await send(server, 'GET', '/health', '')).toMatchObject({ status: 503 });
        expect(await send(server, 'GET', '/health/live', '')).toMatchObject({ status: 200 });
      }
    } finally {
      network.restore();
    }
    await checkRecovery('asked');
  });

  it('do not believe what they remember of a key that was revoked meanwhile', async () => {
    const [one] = servers as [Server];
    const made = await send(one, 'POST', '/binboi/api/v1/tokens', session, { name: 'revoked' });
    const ask = () => send(one, 'GET', '/binboi/api/v1/auth/me', made.body.token);
    expect(await ask()).toMatchObject({ status: 200 });
    network.cut();
    await admin.query(`UPDATE "ApiKey" SET "revokedAt" = now() WHERE "id" = $1`, [made.body.record.id]);
    const during = await ask();
    network.restore();
    expect(during).toMatchObject({ status: 503 });
    expect(await ask()).toMatchObject({ status: 401 });
  });

  it('log the outage in a few lines, none of them an error', () => {
    for (const server of servers) {
      const lines = server.output().split('\n');
      expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
      const warnings = lines.filter((line) => line.includes('database cannot be reached'));
      expect(warnings.length).toBeGreaterThan(0);
      expect(warnings.length).toBeLessThan(60);
    }
  });
});
