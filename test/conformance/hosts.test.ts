import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import { call, cases } from './support/routes.ts';
import { makeTestCaller, sampleBody, type TestCaller } from './support/samples.ts';

const app = useApp();
let testCaller: TestCaller;
beforeAll(async () => {
  testCaller = await makeTestCaller(app);
});

/** Host headers that look like this server's and are no host, or another one. */
const strange = [
  'localhost:99999',
  'localhost:port',
  'localhost:80@evil.example',
  '%00',
  'a b',
  'evil.example',
];

describe('A strange Host header', () => {
  it.each(cases())('%s: fails nothing, and names no other server in the answer', async (_name, one) => {
    for (const host of strange) {
      const headers = { host, authorization: `Bearer ${testCaller.session}` };
      const { status, text } = await call(app, one, {
        body: await sampleBody(app, one, testCaller),
        headers,
      });
      expect(status, `${host}: ${text}`).not.toBe(500);
      expect(text ?? '').not.toContain('@evil.example');
    }
  });

  it.each(strange)('%s: is answered by /graphql without a trace of its inside', async (host) => {
    const { status, text } = await app.request
      .post('/graphql')
      .set('host', host)
      .send({ query: '{__typename}' });
    expect([200, 400]).toContain(status);
    expect(text).not.toContain('node_modules');
  });
});
