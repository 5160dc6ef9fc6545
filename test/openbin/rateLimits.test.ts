import type { Response } from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Openbin, type Person, startOpenbin } from './support.ts';

let app: Openbin;
let person: Person;
let session: string;
beforeEach(async () => {
  app = await startOpenbin({ DISABLE_RATE_LIMIT: 'false' });
  person = await app.person();
  session = await app.makeSession(person.account);
});
afterEach(() => app.stop());

/** How much is left of which limit. */
const told = ({ headers }: Response) => `${headers['ratelimit-remaining']} of ${headers['ratelimit-policy']}`;

function expectRefused(response: Response, windowSeconds: number): void {
  expect([response.status, response.body.error]).toEqual([429, 'RATE_LIMITED']);
  expect(response.headers['ratelimit-remaining']).toBe('0');
  expect(response.headers['retry-after']).toMatch(/^[1-9]\d*$/);
  expect(Number(response.headers['retry-after'])).toBeLessThanOrEqual(windowSeconds);
}

const quarter = 15 * 60;
const code = 'x'.repeat(32);
/** Calls of each bucket; none of them succeeds, and all count. */
const buckets: [string, number, number, [Parameters<Openbin['call']>[0], string, object?][]][] = [
  ['auth', 5, quarter, [['post', '/auth/login', {}]]],
  ['register', 3, 3600, [['post', '/auth/register', {}]]],
  [
    'join',
    10,
    quarter,
    [
      ['get', `/auth/invite-preview?code=${code}`],
      ['post', '/locations/join', { inviteCode: code }],
    ],
  ],
  [
    'sensitive',
    10,
    quarter,
    [
      ['put', '/auth/password', {}],
      ['delete', '/auth/account', {}],
      ['post', '/auth/forgot-password', {}],
      ['post', '/auth/reset-password', {}],
      ['post', '/auth/recover-deletion', {}],
      ['post', '/bins/unknown/change-code', { code: 'ABCDEF' }],
    ],
  ],
];

describe('limits of people (5)', () => {
  it.each(
    buckets,
  )('%s: %i a window of %i s, one count for its routes, then 429', async (_name, max, seconds, calls) => {
    for (let done = 0; done < max; done++) {
      const [method, path, body] = calls[done % calls.length] as (typeof calls)[0];
      const response = await app.call(method, path, session).send(body);
      expect([path, response.status]).not.toEqual([path, 429]);
      expect(told(response)).toBe(`${max - 1 - done} of ${max};w=${seconds}`);
      expect(response.headers['ratelimit-limit']).toBe(String(max));
      expect(Number(response.headers['ratelimit-reset'])).toBeGreaterThan(seconds - 60);
      expect(Number(response.headers['ratelimit-reset'])).toBeLessThanOrEqual(seconds);
      expect(Object.keys(response.headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
      expect(response.headers).not.toHaveProperty('retry-after');
    }
    for (const [method, path, body] of calls)
      expectRefused(await app.call(method, path, session).send(body), seconds);
    expect((await app.call('get', '/auth/me', session)).status).toBe(200);
  });

  it('hold when all come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => app.call('post', '/auth/login').send({})),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array(5).fill(422),
      ...Array(7).fill(429),
    ]);
  });

  it('are by address: another session of another person shares them', async () => {
    const other = await app.makeSession((await app.person()).account);
    expect(told(await app.call('get', '/auth/me', session))).toBe('599 of 600;w=60');
    expect(told(await app.call('get', '/auth/me', other))).toBe('598 of 600;w=60');
    expect(told(await app.call('get', '/auth/me'))).toBe('597 of 600;w=60');
  });

  it('count what the double submit refuses, too: a stale cookie is no way around them', async () => {
    const forged = (path: string) => app.call('post', path).set('Cookie', 'openbin-access=stale').send({});
    for (let left = 4; left >= 0; left--) {
      const response = await forged('/auth/login');
      expect([response.status, told(response)]).toEqual([403, `${left} of 5;w=${quarter}`]);
    }
    expectRefused(await forged('/auth/login'), quarter);
    expect(told(await forged('/nothing'))).toBe('599 of 600;w=60');
  });

  it('believe a proxy only when they are told to', async () => {
    for (const [trust, expected] of [
      ['false', '598 of 600;w=60'],
      ['true', '599 of 600;w=60'],
    ] as const) {
      const proxied = await startOpenbin({ DISABLE_RATE_LIMIT: 'false', TRUST_PROXY: trust });
      await proxied.call('get', '/auth/status').set('X-Forwarded-For', '203.0.113.1');
      const second = await proxied.call('get', '/auth/status').set('X-Forwarded-For', '203.0.113.2');
      expect(told(second)).toBe(expected);
      await proxied.stop();
    }
  });

  it('general: all the rest, the refresh and unknown paths among it, 600 a minute', async () => {
    let left = 600;
    for (const [method, path] of [
      ['post', '/auth/refresh'],
      ['post', '/auth/logout'],
      ['get', '/auth/status'],
      ['get', '/nothing'],
      ['get', '/locations'],
    ] as const)
      expect([path, told(await app.call(method, path))]).toEqual([path, `${--left} of 600;w=60`]);
    await app.useUp({ name: 'openbin-general', points: 600, windowSeconds: 60 }, '127.0.0.1', 35);
    const last = await Promise.all(Array.from({ length: 35 }, () => app.call('get', '/auth/status')));
    expect(new Set(last.map(({ status }) => status))).toEqual(new Set([200]));
    for (const path of ['/auth/status', '/auth/me', '/nothing'])
      expectRefused(await app.call('get', path, session), 60);
    await app.call('get', '/health').expect(200);
  });
});

describe('limits and API keys (5, S6)', () => {
  it('keys are exempt from those of people, and have a larger one of their own each', async () => {
    for (let done = 0; done < 12; done++) {
      const response = await app.call('post', '/locations/join', person.key).send({ inviteCode: code });
      expect(response.status).toBe(404);
      expect(told(response)).toBe(`${2999 - done} of 3000;w=60`);
    }
    await app.call('put', '/auth/password', person.key).send({}).expect(403);
    expect(told(await app.call('get', '/auth/me', session))).toBe('599 of 600;w=60');
    expect(told(await app.call('get', '/auth/me', (await app.person()).key))).toBe('2999 of 3000;w=60');
  });

  it('a key that is no key is counted as nobody’s, and does not open the endpoints that ask for none', async () => {
    expect(told(await app.call('get', '/auth/me', `sk_openbin_${'0'.repeat(64)}`))).toBe('599 of 600;w=60');
    for (let done = 0; done < 5; done++)
      await app.call('post', '/auth/login', person.key).send({}).expect(422);
    expectRefused(await app.call('post', '/auth/login', person.key).send({}), quarter);
  });
});

it('none with DISABLE_RATE_LIMIT', async () => {
  const open = await startOpenbin();
  for (let done = 0; done < 8; done++) await open.call('post', '/auth/login').send({}).expect(422);
  await open.stop();
});
