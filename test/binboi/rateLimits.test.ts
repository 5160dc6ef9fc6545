import { Agent } from 'node:http';
import type { Response } from 'supertest';
import { describe, expect, it } from 'vitest';
import { startTestApp, useApp } from '../support/app.ts';
import { callsWith, expectError, makePerson } from './support.ts';

const app = useApp({ DISABLE_RATE_LIMIT: 'false' });

const remaining = ({ headers }: Response) => Number(headers['x-ratelimit-remaining']);
const reset = ({ headers }: Response) => Number(headers['x-ratelimit-reset']);
const nowSeconds = () => Date.now() / 1000;

/** A 429 as contract 1.3 has it. */
function expectRateLimited(response: Response): void {
  expectError(response, 429, 'RATE_LIMITED');
  expect(remaining(response)).toBe(0);
  expect(response.headers['retry-after']).toMatch(/^[1-9]\d*$/);
  expect(Number(response.headers['retry-after'])).toBeLessThanOrEqual(60);
  expect(
    Math.abs(reset(response) - nowSeconds() - Number(response.headers['retry-after'])),
  ).toBeLessThanOrEqual(3);
}

const reads = { name: 'binboi-read', points: 600, windowSeconds: 60 };

async function repeat(times: number, call: () => PromiseLike<Response>): Promise<void> {
  for (let done = 0; done < times; done += 20) {
    await Promise.all(Array.from({ length: Math.min(20, times - done) }, call));
  }
}

describe('by credential (1.3)', () => {
  it('60 writes a minute: counted down, then 429; reads go on', async () => {
    const person = await makePerson(app);
    const write = () => person.delete('/api/v1/tokens/unknown');
    const first = await write();
    expect([first.status, remaining(first)]).toEqual([404, 59]);
    expect(reset(first)).toBeGreaterThan(nowSeconds());
    expect(reset(first)).toBeLessThanOrEqual(nowSeconds() + 61);
    expect(Number.isInteger(reset(first))).toBe(true);
    await repeat(58, write);
    const last = await write();
    expect([last.status, remaining(last)]).toEqual([404, 0]);
    expectRateLimited(await write());
    expectRateLimited(await person.post('/api/v1/tokens'));
    expectRateLimited(await person.put('/api/v1/auth/me', { name: 'x' }));
    expect(await app.db.apiKey.count({ where: { accountId: person.account.id } })).toBe(1);
    const read = await person.get('/api/v1/auth/me');
    expect([read.status, remaining(read)]).toEqual([200, 599]);
  });

  it('what is not there counts as a read, and says so', async () => {
    const person = await makePerson(app);
    const answers = [
      await person.get('/api/v1/nothing'),
      await app.request.patch('/api/v1/auth/me').auth(person.key, { type: 'bearer' }),
    ];
    expect(answers.map((answer) => [answer.status, remaining(answer)])).toEqual([
      [404, 599],
      [405, 598],
    ]);
  });

  it('600 reads a minute, HEAD among them: then 429; writes go on', async () => {
    const person = await makePerson(app);
    const read = () => person.get('/api/v1/auth/me');
    const head = await app.request.head('/api/v1/auth/me').auth(person.key, { type: 'bearer' });
    expect([head.status, remaining(head)]).toEqual([200, 599]);
    expect(remaining(await read())).toBe(598);
    await app.useUp(reads, person.account, 2);
    expect(remaining(await read())).toBe(1);
    const last = await read();
    expect([last.status, remaining(last)]).toEqual([200, 0]);
    expectRateLimited(await read());
    expectRateLimited(await person.get('/api/v1/tokens'));
    const write = await person.delete('/api/v1/tokens/unknown');
    expect([write.status, remaining(write)]).toEqual([404, 59]);
  });

  it('each credential has its own count: keys and sessions of one account, and their like', async () => {
    const account = await app.makeAccount();
    const credentials = [
      await app.makeKey(account),
      await app.makeKey(account),
      await app.makeSession(account),
      await app.makeSession(account),
    ];
    for (const credential of credentials)
      expect(remaining(await callsWith(app, credential).get('/api/v1/auth/me'))).toBe(599);
  });

  it('the window’s end stays where it is, and errors and 204 carry the headers too', async () => {
    const person = await makePerson(app, { plan: 'PRO' });
    const answers = [
      await person.post('/api/v1/tunnels', { subdomain: 5 }),
      await person.post('/api/v1/tokens', []),
      await person.post('/api/v1/tunnels', { subdomain: 'limits' }),
    ];
    answers.push(await person.delete(`/api/v1/tunnels/${answers[2]?.body.data.id}`));
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 201, 204]);
    expect(answers.map(remaining)).toEqual([59, 58, 57, 56]);
    const ends = answers.map(reset);
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThanOrEqual(1);
  });
});

describe('by address where there is no credential (1.3)', () => {
  /** Calls from another loopback address, so that each test has a count of its own. */
  const from = (localAddress: string) => ({
    send: (method: 'get' | 'post', path: string, headers: Record<string, string> = {}) =>
      app.request[method](path)
        .agent(new Agent({ localAddress } as object))
        .set(headers)
        .then((response) => response),
  });

  it('the public endpoints, all on one count; another address has its own', async () => {
    const here = from('127.0.0.2');
    const call = (path = 'verify-email') => here.send('post', `/api/auth/${path}`);
    await repeat(58, call);
    expect(remaining(await call('login'))).toBe(1);
    expect(remaining(await call('register'))).toBe(0);
    expectRateLimited(await call('register'));
    expectRateLimited(await call('login'));
    expect((await from('127.0.0.3').send('post', '/api/auth/login')).status).toBe(400);
  });

  it('a forwarded address is not believed', async () => {
    const here = from('127.0.0.4');
    let address = 0;
    const call = () =>
      here.send('post', '/api/auth/login', {
        'X-Forwarded-For': `10.0.0.${++address}`,
        'X-Real-IP': `10.0.1.${address}`,
        Forwarded: `for=10.0.2.${address}`,
      });
    await repeat(60, call);
    expectRateLimited(await call());
  });

  it('wrong and missing credentials count by address, so that keys cannot be guessed without end', async () => {
    const here = from('127.0.0.5');
    let guess = 0;
    const call = () => here.send('get', '/api/v1/auth/me', { Authorization: `Bearer binboi_pat_${++guess}` });
    const first = await call();
    expectError(first, 401, 'INVALID_TOKEN');
    expect(remaining(first)).toBe(599);
    expect(remaining(await here.send('get', '/api/v1/auth/me'))).toBe(598);
    await repeat(38, call);
    await app.useUp(reads, '127.0.0.5', 1);
    const last = await call();
    expectError(last, 401, 'INVALID_TOKEN');
    expect(remaining(last)).toBe(0);
    expectRateLimited(await call());
  });
});

describe('DISABLE_RATE_LIMIT', () => {
  it('switches the refusals off', async () => {
    const free = await startTestApp();
    try {
      const person = await makePerson(free);
      await repeat(65, () => person.delete('/api/v1/tokens/unknown'));
      expect((await person.delete('/api/v1/tokens/unknown')).status).toBe(404);
    } finally {
      await free.stop();
    }
  });
});
