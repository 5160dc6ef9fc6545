import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOutbox } from '../support/mails.ts';
import { type ServerProcess, startServerProcess } from '../support/serverProcess.ts';

let server: ServerProcess;
beforeAll(async () => {
  server = await startServerProcess({ LOG_LEVEL: 'debug' });
}, 240_000);
afterAll(() => server.stop());

interface Line {
  readonly level: number;
  readonly route?: string;
  readonly requestId?: string;
  readonly keyPrefix?: string;
  readonly accountId?: string;
}

const info = 30;
const debug = 20;

/** The log's line of one request, which is found by the id that the test gives it. */
async function lineOf(path: string, init: RequestInit = {}): Promise<Line> {
  const id = crypto.randomUUID();
  const headers = { ...(init.headers as Record<string, string>), 'x-request-id': id };
  await fetch(`${server.url}${path}`, { ...init, headers });
  const find = () =>
    server
      .output()
      .split('\n')
      .filter((line) => line.includes(id))
      .map((line): Line => JSON.parse(line))
      .find((line) => line.requestId === id);
  await expect.poll(find, { timeout: 10_000 }).toBeDefined();
  return find() as Line;
}

describe('The log of requests', { timeout: 60_000 }, () => {
  it.each([
    ['/health', debug],
    ['/health/live', debug],
    ['/health/ready', debug],
    ['/metrics', info],
    ['/docs', info],
    ['/', info],
  ])('has the route %s, at the level %i', async (path, level) => {
    expect(await lineOf(path)).toMatchObject({ route: path, level });
  });

  it('has the prefix of an API key, and nothing more of it', async () => {
    const post = (path: string, body: unknown, credential = '') =>
      fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${credential}` },
        body: JSON.stringify(body),
      }).then((response) => response.json());
    const account = { email: 'ada@example.com', password: 'correct horse battery' };
    await post('/binboi/api/auth/register', account);
    await expect.poll(() => readOutbox(server.dataDir)).toHaveLength(1);
    const token = /token=([0-9a-f]+)/.exec(readOutbox(server.dataDir)[0]?.text ?? '')?.[1];
    await post('/binboi/api/auth/verify-email', { token });
    const { token: session } = await post('/binboi/api/auth/login', account);
    const { token: key, record } = await post('/binboi/api/v1/tokens', { name: 'laptop' }, session);
    const query = JSON.stringify({ query: '{ viewer { id } }' });

    const withKey = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const byKey = [
      await lineOf('/binboi/api/v1/auth/me', { headers: withKey }),
      await lineOf('/openbin/api/locations', { headers: withKey }),
      await lineOf('/graphql', { method: 'POST', headers: withKey, body: query }),
    ];
    for (const line of byKey) {
      expect(line.keyPrefix).toMatch(/^binboi_pat_[0-9a-f]{8}$/);
      expect(key.startsWith(line.keyPrefix)).toBe(true);
      expect(line.accountId).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(record).toMatchObject({ prefix: byKey[0]?.keyPrefix });
    expect(server.output()).not.toContain(key);

    // A session has no part that may be shown; of a wrong key nothing is known.
    const bySession = await lineOf('/binboi/api/v1/auth/me', {
      headers: { authorization: `Bearer ${session}` },
    });
    expect(bySession).toMatchObject({ accountId: byKey[0]?.accountId });
    expect(bySession).not.toHaveProperty('keyPrefix');
    const byWrongKey = await lineOf('/binboi/api/v1/auth/me', {
      headers: { authorization: `Bearer ${key}0` },
    });
    expect(byWrongKey).not.toHaveProperty('keyPrefix');
  });
});
