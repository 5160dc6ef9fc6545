import { connect } from 'node:net';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, useApp } from '../support/app.ts';
import { callsWith, dataOf, expectError, makePerson, type Person } from './support.ts';

const app = useApp({ DISABLE_RATE_LIMIT: 'false' });

const remaining = ({ headers }: Response) => Number(headers['x-ratelimit-remaining']);
const seconds = () => Date.now() / 1000;

/** The three headers, which every answer has. */
function expectHeaders({ headers }: Response): void {
  expect(headers['x-ratelimit-limit']).toBe('1000');
  expect(headers['x-ratelimit-remaining']).toMatch(/^\d+$/);
  expect(headers['x-ratelimit-reset']).toMatch(/^\d+$/);
  expect(Number(headers['x-ratelimit-reset'])).toBeGreaterThan(seconds());
  expect(Number(headers['x-ratelimit-reset'])).toBeLessThanOrEqual(seconds() + 3601);
}

/** Many calls, at most nine under way. */
async function repeat(times: number, call: () => PromiseLike<Response>): Promise<Response[]> {
  const answers: Response[] = [];
  let left = times;
  await Promise.all(
    Array.from({ length: 9 }, async () => {
      while (left-- > 0) answers.push(await call());
    }),
  );
  return answers;
}

describe('1000 requests an hour for a token', () => {
  it('are told by the three headers on every answer, errors and unknown paths included', async () => {
    const ann = await makePerson(app);
    const answers = [
      await ann.get('/nodes/'),
      await ann.get('/nodes/1/'),
      await ann.post('/nodes/', {}),
      await ann.get('/nothing/'),
      await ann.put('/nodes/', {}),
      await ann.delete('/nodes/2147483647/'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 400, 404, 404, 404]);
    expect(answers.map(remaining)).toEqual([999, 998, 997, 996, 995, 994]);
    for (const answer of answers) expectHeaders(answer);
    for (const answer of [
      await app.request.get('/api/v2/nodes/'),
      await app.request.get('/api/v2/nodes/').auth('bng_wrong', { type: 'bearer' }),
      await app.request.get('/api/v2/shared/unknown/'),
      await app.request.get('/api/v2/nothing/'),
      await app.request.options('/api/v2/nodes/'),
      await app.request.head('/api/v2/nodes/'),
    ]) {
      expectHeaders(answer);
    }
  });

  it('are counted for each token apart, and for those without one by address', async () => {
    const account = await app.makeAccount();
    const tokens = [
      await app.makeKey(account, 'BINGO'),
      await app.makeKey(account, 'BINGO'),
      await app.makeSession(account),
    ];
    for (const token of tokens) expect(remaining(await callsWith(app, token).get('/nodes/'))).toBe(999);
    const before = remaining(await app.request.get('/api/v2/nothing/'));
    expect(remaining(await app.request.get('/api/v2/nodes/'))).toBe(before - 1);
  });

  it('are exact when calls come together; then 429 with Retry-After, whatever is asked', async () => {
    const ann = await makePerson(app);
    expect(remaining(await ann.get('/nothing/'))).toBe(999);
    await app.useUp({ name: 'bingo-hour', points: 1000, windowSeconds: 3600 }, ann.account, 5);
    const answers = await repeat(9, () => ann.get('/organization/'));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429, 429, 429]);
    for (const call of [
      () => ann.get('/nodes/'),
      () => ann.get('/nothing/'),
      () => ann.post('/nodes/', {}),
    ]) {
      const refused = await call();
      expectError(refused, 429, 'Too many requests; wait before the next one.');
      expectHeaders(refused);
      expect(remaining(refused)).toBe(0);
      const wait = Number(refused.headers['retry-after']);
      expect(Math.abs(Number(refused.headers['x-ratelimit-reset']) - seconds() - wait)).toBeLessThanOrEqual(
        3,
      );
    }
    const other = await makePerson(app);
    dataOf(await other.get('/organization/'));
  });
});

/** A request whose body does not end before it is told to, so that it stays under way. */
function hold({ token }: Person, at: TestApp = app) {
  const socket = connect(Number(new URL(at.url).port), '127.0.0.1');
  const [begin, end] = ['{"name":', '"x"}'];
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text;
  });
  socket.on('error', () => {});
  socket.write(
    `POST /api/v2/nodes/ HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${begin.length + end.length}\r\n\r\n${begin}`,
  );
  return {
    status: () => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0),
    finish: () => socket.write(end),
    breakOff: () => socket.destroy(),
  };
}

async function until(check: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 800; tries++) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not come to pass');
}

/**
 * Ten requests under way for a person. Whoever looks from `at` whether all are in takes a place
 * meanwhile, so that one that comes just then is refused and has to come again.
 */
async function fill(person: Person, at: Pick<Person, 'get'> = person) {
  const held = Array.from({ length: 10 }, () => hold(person));
  await until(async () => {
    const isFull = (await at.get('/nodes/')).status === 429;
    const isRefused = held.map(({ status }) => status() === 429);
    isRefused.forEach((refused, index) => {
      if (refused) held[index] = hold(person);
    });
    return isFull && !isRefused.includes(true);
  });
  return held;
}

describe('10 requests in flight for a token', () => {
  it('are exactly ten of thirty that come together', async () => {
    const ann = await makePerson(app);
    dataOf(await ann.get('/nodes/'));
    const held = Array.from({ length: 30 }, () => hold(ann));
    const refused = () => held.filter(({ status }) => status() === 429).length;
    await until(async () => refused() >= 20);
    const answer = await ann.get('/nodes/');
    expectError(answer, 429, 'Too many requests; wait before the next one.');
    expectHeaders(answer);
    expect(remaining(answer)).toBe(1000 - 32);
    expect(answer.headers['retry-after']).toBe('1');
    expect(refused()).toBe(20);
    for (const { finish } of held) finish();
    // Their bodies lack most fields.
    await until(async () => held.filter(({ status }) => status() === 400).length === 10);
    await until(async () => (await ann.get('/nodes/')).status === 200);
    for (const { breakOff } of held) breakOff();
  });

  it('end when their answers are out, or when nobody waits for those any more', async () => {
    const ann = await makePerson(app);
    const bob = await makePerson(app);
    const held = await fill(ann);
    const isFull = async () => (await ann.get('/nodes/')).status === 429;
    dataOf(await bob.get('/nodes/'));
    held[0]?.finish();
    await until(async () => !(await isFull()));
    held[1]?.breakOff();
    held[2]?.breakOff();
    await until(async () => {
      const three = await Promise.all([isFull(), isFull(), isFull()]);
      return three.every((full) => !full);
    });
    for (const { breakOff } of held) breakOff();
  });
});

describe.skipIf(!process.env.LATCHKEY_TEST_REDIS_URL)('two instances with one Redis', () => {
  let other: TestApp;
  beforeAll(async () => {
    const { databaseUrl, dataDir, redisUrl = '' } = app.config;
    const env = {
      DISABLE_RATE_LIMIT: 'false',
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      REDIS_URL: redisUrl,
    };
    other = await startTestApp(env);
  });
  afterAll(() => other.stop());

  it('count the requests of a token together, in an hour and in flight', async () => {
    const ann = await makePerson(app);
    const there = callsWith(other, ann.token);
    const counts = [await ann.get('/nodes/'), await there.get('/nodes/'), await ann.get('/nodes/')].map(
      remaining,
    );
    expect(counts).toEqual([999, 998, 997]);
    const held = await fill(ann, there);
    for (const { breakOff } of held) breakOff();
    await until(async () => (await there.get('/nodes/')).status === 200);
  });

  it('let exactly ten of thirty that come together to both in', async () => {
    const ann = await makePerson(app);
    const held = Array.from({ length: 30 }, (_, index) => hold(ann, index % 2 === 0 ? app : other));
    await until(async () => held.filter(({ status }) => status() === 429).length >= 20);
    expect((await ann.get('/nodes/')).status).toBe(429);
    expect(held.filter(({ status }) => status() === 0)).toHaveLength(10);
    for (const { finish } of held) finish();
    await until(async () => held.filter(({ status }) => status() === 400).length === 10);
    expect(held.filter(({ status }) => status() === 429)).toHaveLength(20);
    for (const { breakOff } of held) breakOff();
  });
});
