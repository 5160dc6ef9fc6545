import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import { call, cases, waysToSend } from './support/routes.ts';
import { makeTestCaller, type TestCaller } from './support/samples.ts';

const app = useApp();
let testCaller: TestCaller;
beforeAll(async () => {
  testCaller = await makeTestCaller(app);
});

/** What keeps browsers from rendering, guessing at, framing or keeping an answer. */
function expectSafe(headers: Record<string, string>): void {
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['content-security-policy']).toMatch(/default-src '(none|self)'/);
  expect(headers['content-security-policy']).toMatch(/frame-ancestors/);
  expect(headers['x-frame-options'] ?? headers['content-security-policy']).toMatch(
    /SAMEORIGIN|DENY|frame-ancestors/,
  );
  expect(headers['referrer-policy']).toBeDefined();
  expect(headers['cache-control']).toMatch(/no-store|no-cache|private/);
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers).not.toHaveProperty('server');
}

describe('every answer has the headers that keep browsers out', () => {
  it.each(cases())('%s', async (_name, one) => {
    const headers = waysToSend(one.api, testCaller.session)[0] ?? {};
    for (const answer of [await call(app, one), await call(app, one, { headers })])
      expectSafe(answer.headers);
  });

  it.each([
    '/binboi/nothing',
    '/openbin/api/nothing',
    '/restume/nothing',
    '/bingo/nothing',
  ])('%s', async (path) => {
    expectSafe((await app.request.get(path)).headers);
  });

  it('POST /graphql', async () => {
    for (const query of ['{ service { name } }', '{ nothing }'])
      expectSafe((await app.request.post('/graphql').send({ query })).headers);
  });
});
