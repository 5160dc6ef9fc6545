import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readOutbox } from '../support/mails.ts';
import { makeServerPlace, runServer } from '../support/serverProcess.ts';

type Place = Awaited<ReturnType<typeof makeServerPlace>>;
type Server = Awaited<ReturnType<typeof runServer>>;

const password = 'correct horse battery';
const login = '/binboi/api/auth/login';
let place: Place;
let server: Server;
const agents: Agent[] = [];
beforeAll(async () => {
  place = await makeServerPlace();
});
afterEach(async () => {
  for (const agent of agents.splice(0)) agent.destroy();
  await server.terminate();
});
afterAll(() => place.remove());

const start = async () => {
  server = await runServer({ ...place.env, DISABLE_RATE_LIMIT: 'true' });
};

async function post(path: string, body: unknown) {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const register = (email: string) => post('/binboi/api/auth/register', { email, password });

interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
  readonly body: { token?: string; user_id?: string };
}

/** A request of which the last byte is sent only when `finish` is called, on a connection that is kept. */
function begin(path: string, body: unknown) {
  const agent = new Agent({ keepAlive: true });
  agents.push(agent);
  const text = JSON.stringify(body);
  const outgoing = httpRequest(`${server.url}${path}`, {
    agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': text.length },
  });
  const answer = new Promise<Answer>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', async (incoming: IncomingMessage) => {
      let received = '';
      for await (const chunk of incoming) received += chunk;
      const { statusCode: status, headers } = incoming;
      resolve({ status, connection: headers.connection, body: JSON.parse(received) });
    });
  });
  outgoing.write(text.slice(0, -1));
  return { answer, finish: () => outgoing.end(text.slice(-1)) };
}

/** Waits until the server has this many requests under way, the one that asks included. */
async function underWay(count: number): Promise<void> {
  await expect
    .poll(async () => {
      const text = await (await fetch(`${server.url}/metrics`)).text();
      return Number(/^latchkey_http_in_flight (\d+)$/m.exec(text)?.[1]);
    })
    .toBe(count + 1);
}

/** True when nobody listens there any more. */
const isClosed = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(true));
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
  });

describe('SIGTERM', { timeout: 120_000 }, () => {
  it('lets every request that came in be answered, takes no new connection, and ends with 0', async () => {
    await start();
    expect((await register('ada@example.com')).status).toBe(201);
    const slow = Array.from({ length: 10 }, (_, index) =>
      begin('/binboi/api/auth/register', { email: `slow${index}@example.com`, password }),
    );
    const queued = Array.from({ length: 10 }, () => begin(login, { email: 'ada@example.com', password }));
    await underWay(20);

    // Their passwords are hashed one after the other, so most of them are at work when the signal comes.
    for (const { finish } of queued) finish();
    const ended = server.terminate();
    await expect.poll(() => isClosed(server.port)).toBe(true);
    for (const { finish } of slow) finish();
    const told = await Promise.all(queued.map(({ answer }) => answer));
    expect(told.map(({ status }) => status)).toEqual(Array(10).fill(403));
    const answers = await Promise.all(slow.map(({ answer }) => answer));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    // A client that would send its next request on the same connection would lose it.
    expect(new Set(answers.map(({ connection }) => connection))).toEqual(new Set(['close']));
    expect(told.at(-1)?.connection).toBe('close');
    expect(await ended).toBe(0);
  });

  it('keeps what was promised: mails of requests that were answered last are written', async () => {
    await start();
    const { answer, finish } = begin('/binboi/api/auth/register', { email: 'last@example.com', password });
    await underWay(1);
    const ended = server.terminate();
    await expect.poll(() => isClosed(server.port)).toBe(true);
    finish();
    expect((await answer).status).toBe(201);
    expect(await ended).toBe(0);
    expect(readOutbox(place.dataDir).map(({ to }) => to)).toContain('last@example.com');
  });

  it('loses nothing that was acknowledged under load', async () => {
    await start();
    const acknowledged: string[] = [];
    let stopping = false;
    const client = async (name: string) => {
      for (let count = 0; ; count++) {
        const email = `${name}-${count}@example.com`;
        const answer = await register(email).catch((error: unknown) => {
          if (!stopping) throw error;
        });
        if (!answer) return;
        expect([201, 503]).toContain(answer.status);
        if (answer.status === 201) acknowledged.push(email);
      }
    };
    const clients = Array.from({ length: 8 }, (_, index) => client(`load${index}`));
    await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(10);
    stopping = true;
    expect(await server.terminate()).toBe(0);
    await Promise.all(clients);
    await start();
    const again = await Promise.all(acknowledged.map((email) => register(email)));
    expect(new Set(again.map(({ status }) => status))).toEqual(new Set([409]));
  });
});
