import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresServer } from '../support/database.ts';
import { readOutbox } from '../support/mails.ts';
import { freshRedis } from '../support/redis.ts';
import { makeServerPlace, runServer } from '../support/serverProcess.ts';

type Server = Awaited<ReturnType<typeof runServer>>;
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const password = 'correct horse battery';
let place: Awaited<ReturnType<typeof makeServerPlace>>;
let one: Server;
let other: Server;
let hasRedis = false;

async function call(server: Server, method: Method, path: string, credential = '', body?: unknown) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(credential && { authorization: `Bearer ${credential}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

const me = (server: Server, credential: string) => call(server, 'GET', '/binboi/api/v1/auth/me', credential);
const login = (server: Server, email: string, typed = password) =>
  call(server, 'POST', '/binboi/api/auth/login', '', { email, password: typed });

/** Registers at one instance and proves the address at the other; answers a session of the first. */
async function newAccount(email: string): Promise<string> {
  const { status } = await call(one, 'POST', '/binboi/api/auth/register', '', { email, password });
  expect(status).toBe(201);
  const mail = () => readOutbox(place.dataDir).findLast(({ to }) => to.includes(email));
  await expect.poll(mail).toBeDefined();
  const token = /token=([0-9a-f]+)/.exec(mail()?.text ?? '')?.[1];
  expect((await call(other, 'POST', '/binboi/api/auth/verify-email', '', { token })).status).toBe(200);
  return (await login(one, email)).body.token;
}

async function newKey(server: Server, session: string): Promise<{ id: string; key: string }> {
  const { body } = await call(server, 'POST', '/binboi/api/v1/tokens', session, { name: 'k' });
  return { id: body.record.id, key: body.token };
}

beforeAll(async () => {
  if (!postgresServer) return;
  const redisUrl = await freshRedis();
  hasRedis = redisUrl !== undefined;
  place = await makeServerPlace();
  const env = {
    ...place.env,
    ...(redisUrl && { REDIS_URL: redisUrl }),
    SECRET_KEY: 'the same for all of them',
  };
  // Together, so that they meet at the migrations and at the data folder as well.
  [one, other] = await Promise.all([runServer(env), runServer(env)]);
}, 240_000);
afterAll(async () => {
  if (!postgresServer) return;
  await Promise.all([one.terminate(), other.terminate()]);
  await place.remove();
});

describe.skipIf(!postgresServer)('two processes on one PostgreSQL', { timeout: 120_000 }, () => {
  it('know each other’s accounts, sessions and keys', async () => {
    const session = await newAccount('ada@example.com');
    const { key } = await newKey(other, session);
    const seen = await Promise.all([me(one, session), me(other, session), me(one, key), me(other, key)]);
    expect(new Set(seen.map(({ body }) => body.user.id)).size).toBe(1);
  });

  it('refuse at once what the other ended with an undone change of address (hardening, rule 2)', async () => {
    const [before, after] = ['undo-me@example.com', 'thief@example.com'];
    const session = await newAccount(before);
    const profile = { email: after };
    expect((await call(one, 'PUT', '/openbin/api/auth/profile', session, profile)).status).toBe(200);
    const { key } = await newKey(one, session);
    for (const credential of [session, key]) expect((await me(other, credential)).status).toBe(200);
    const link = () =>
      readOutbox(place.dataDir)
        .filter(({ to }) => to.includes(before))
        .map(({ text }) => /undo[^?\s]*\?token=([\w-]+)/.exec(text)?.[1])
        .find((token) => token !== undefined);
    await expect.poll(link).toBeDefined();
    const query = `mutation { undoAddressChange(input: { token: "${link()}" }) { __typename } }`;
    // Of two that undo it at the same moment, at both instances, one does.
    const undone = await Promise.all(
      [one, other].map((server) => call(server, 'POST', '/graphql', '', { query })),
    );
    expect(undone.filter(({ body }) => body.errors === undefined)).toHaveLength(1);
    for (const server of [one, other])
      for (const credential of [session, key]) expect((await me(server, credential)).status).toBe(401);
    expect((await login(other, before)).status).toBe(200);
    expect((await login(one, after)).status).toBe(401);
  });

  it('revoke at both what a key created (hardening, rule 5)', async () => {
    const session = await newAccount('creator@example.com');
    const parent = await newKey(one, session);
    const child = await newKey(other, parent.key);
    for (const server of [one, other]) expect((await me(server, child.key)).status).toBe(200);
    expect((await call(one, 'DELETE', `/binboi/api/v1/tokens/${parent.id}`, session)).status).toBe(204);
    for (const { key } of [parent, child]) expect((await me(other, key)).status).toBe(401);
  });

  it('release an address once, whichever of them is asked (hardening, rule 6)', async () => {
    const email = 'leaver@example.com';
    const session = await newAccount(email);
    const { key } = await newKey(other, session);
    expect((await me(one, key)).status).toBe(200);
    expect((await call(other, 'DELETE', '/binboi/api/v1/auth/me', session)).status).toBe(204);
    for (const credential of [session, key]) expect((await me(one, credential)).status).toBe(401);
    const again = await Promise.all(
      [one, other].map((server) =>
        call(server, 'POST', '/binboi/api/auth/register', '', { email, password }),
      ),
    );
    expect(again.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('refuse a key from the request after its revocation at the other, which knew it by heart', async () => {
    const session = await newAccount('bob@example.com');
    for (let round = 0; round < 10; round++) {
      const [here, there] = round % 2 === 0 ? [one, other] : [other, one];
      const { id, key } = await newKey(here, session);
      for (const server of [here, there, there]) expect((await me(server, key)).status).toBe(200);
      const revoked = await call(here, 'DELETE', `/binboi/api/v1/tokens/${id}`, session);
      expect(revoked.status).toBe(204);
      expect((await me(there, key)).status).toBe(401);
      expect((await me(here, key)).status).toBe(401);
    }
  });

  it('end sessions at once when the password is changed at the other', async () => {
    const session = await newAccount('carl@example.com');
    const second = (await login(other, 'carl@example.com')).body.token;
    for (const server of [one, other]) expect((await me(server, second)).status).toBe(200);
    const change = { current_password: password, new_password: 'another correct one' };
    const changed = await call(one, 'PUT', '/binboi/api/v1/auth/me', session, change);
    expect(changed.status).toBe(200);
    expect((await me(other, second)).status).toBe(401);
    expect((await login(other, 'carl@example.com')).status).toBe(401);
  });

  it('hold the limit of a plan together', async () => {
    const session = await newAccount('dora@example.com');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        call(index % 2 === 0 ? one : other, 'POST', '/binboi/api/v1/tokens', session, { name: 'k' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(17);
  });

  it.skipIf(!process.env.LATCHKEY_TEST_REDIS_URL)(
    'count requests and failed sign-ins together, by Redis',
    async () => {
      expect(hasRedis).toBe(true);
      const session = await newAccount('eve@example.com');
      const { key } = await newKey(one, session);
      const writes = await Promise.all(
        Array.from({ length: 80 }, (_, index) =>
          call(index % 2 === 0 ? one : other, 'DELETE', '/binboi/api/v1/tokens/x', key),
        ),
      );
      expect(writes.filter(({ status }) => status === 404)).toHaveLength(60);
      expect(writes.filter(({ status }) => status === 429)).toHaveLength(20);
      const left = [await me(one, key), await me(other, key), await me(one, key)].map(({ headers }) =>
        Number(headers.get('x-ratelimit-remaining')),
      );
      expect(left).toEqual([599, 598, 597]);

      for (let tries = 0; tries < 10; tries++)
        expect((await login(tries % 2 === 0 ? one : other, 'eve@example.com', 'wrong')).status).toBe(401);
      expect((await login(one, 'eve@example.com')).status).toBe(429);
      expect((await login(other, 'eve@example.com')).status).toBe(429);
    },
  );
});
