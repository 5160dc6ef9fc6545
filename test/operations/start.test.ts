import { readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apis } from '../../src/rest/apis/index.ts';
import { readOutbox } from '../support/mails.ts';
import { makeServerPlace, runServer } from '../support/serverProcess.ts';

let place: Awaited<ReturnType<typeof makeServerPlace>>;
beforeAll(async () => {
  place = await makeServerPlace();
});
afterAll(() => place.remove());

const password = 'correct horse battery';

/** Unlike `fetch`, this sends the Host header that it is given. */
const get = (port: number, path: string, headers: Record<string, string>) =>
  new Promise<{ status: number }>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0 });
    })
      .on('error', reject)
      .end();
  });

describe('npm start', { timeout: 120_000 }, () => {
  it('prints where everything is, and everything is there', async () => {
    const server = await runServer(place.env);
    const printed = server.output();
    for (const { name, title } of apis) {
      expect(printed).toMatch(new RegExp(`${title} +http://localhost:${server.port}/${name} `));
      expect(printed).toContain(`http://${name}.localhost:${server.port}`);
    }
    expect(printed).toContain(join(place.dataDir, 'outbox'));
    for (const [path, accept] of [
      ['/graphql', 'text/html'],
      ['/docs', '*/*'],
      ['/health', '*/*'],
      ['/metrics', '*/*'],
    ] as const) {
      expect(printed).toContain(`http://localhost:${server.port}${path}`);
      expect((await fetch(`${server.url}${path}`, { headers: { accept } })).status).toBe(200);
    }
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(printed).toContain(`Latchkey ${version} listens on port ${server.port}\n`);
    expect(await server.terminate()).toBe(0);
  });

  it('warns of a SECRET_KEY that is short or a pattern, without a word of it, and not of a random one', async () => {
    for (const [secret, isWeak] of [
      ['aaaaaaaaaaaaaaaa', true],
      ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', false],
    ] as const) {
      const server = await runServer({ ...place.env, SECRET_KEY: secret });
      expect(server.output().includes('SECRET_KEY has fewer than 32 characters')).toBe(isWeak);
      expect(server.output()).not.toContain(secret);
      expect(await server.terminate()).toBe(0);
    }
  });

  it('prints the start page first, and no address at which a browser finds nothing', async () => {
    const server = await runServer(place.env);
    const addresses = [...server.output().matchAll(/http:\/\/\S+/g)].map(([address]) => new URL(address));
    expect(addresses[0]?.href).toBe(`http://localhost:${server.port}/`);
    expect(addresses.length).toBeGreaterThan(10);
    for (const { href, host, pathname } of addresses) {
      // The names below `localhost` lead to this machine in browsers; here the Host header says what they would.
      const { status } = await get(server.port, pathname, { host, accept: 'text/html' });
      expect([href, [200, 302].includes(status)]).toEqual([href, true]);
    }
    expect(await server.terminate()).toBe(0);
  });

  it('again keeps all data: accounts, keys, and sessions, whose secret was made by itself', async () => {
    const first = await runServer(place.env);
    const call = async (url: string, path: string, body?: unknown, credential = '') => {
      const response = await fetch(`${url}/binboi/api${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${credential}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    };
    await call(first.url, '/auth/register', { email: 'ada@example.com', password });
    await expect.poll(() => readOutbox(place.dataDir)).toHaveLength(1);
    const token = /token=([0-9a-f]+)/.exec(readOutbox(place.dataDir)[0]?.text ?? '')?.[1];
    expect((await call(first.url, '/auth/verify-email', { token })).status).toBe(200);
    const { token: session } = (await call(first.url, '/auth/login', { email: 'ada@example.com', password }))
      .body;
    const { token: key } = (await call(first.url, '/v1/tokens', { name: 'k' }, session)).body;
    const before = (await call(first.url, '/v1/auth/me', undefined, key)).body;
    expect(await first.terminate()).toBe(0);

    const second = await runServer(place.env);
    for (const credential of [session, key])
      expect((await call(second.url, '/v1/auth/me', undefined, credential)).body.user).toEqual(before.user);
    expect((await call(second.url, '/auth/login', { email: 'ada@example.com', password })).status).toBe(200);
    expect(statSync(join(place.dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(await second.terminate()).toBe(0);
  });

  it('can be stopped as soon as it says that it listens', async () => {
    const server = await runServer(place.env);
    expect(await server.terminate()).toBe(0);
  });
});
