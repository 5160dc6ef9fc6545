import { describe, expect, it } from 'vitest';
import { password, useApp } from '../support/app.ts';

const app = useApp({}, { realHasher: true });

describe('a flood of sign-ins', () => {
  it('is answered 503 with a time to come back beyond the queue, holds nobody else up, and passes', async () => {
    const account = await app.makeAccount();
    const key = await app.makeKey(account);
    const { email } = account;
    const signIn = `mutation { signIn(input: { email: "${email}", password: "${password}" }) { accessToken } }`;
    let left = 0;
    const endpoints = [
      () => app.request.post('/binboi/api/auth/login').send({ email, password }),
      () => app.request.post('/restume/v1/auth/login').send({ username: email, password }),
      () => app.request.post('/openbin/api/auth/login').send({ email, password }),
      () => app.request.post('/graphql').send({ query: signIn }),
    ];
    const flood = Array.from({ length: 160 }, async (_, index) => {
      left++;
      const endpoint = index % endpoints.length;
      const { status, headers, body } = await (endpoints[endpoint] as (typeof endpoints)[0])();
      left--;
      return { endpoint, status, retryAfter: headers['retry-after'], body };
    });
    await expect.poll(() => app.services.hasher.queued(), { interval: 5 }).toBeGreaterThan(10);
    for (let reads = 0; reads < 5; reads++) {
      const me = await app.request.get('/binboi/api/v1/auth/me').auth(key, { type: 'bearer' });
      expect(me.status).toBe(200);
    }
    expect(left).toBeGreaterThan(0);

    const answers = await Promise.all(flood);
    const rest = answers.filter(({ endpoint }) => endpoint !== 3);
    expect(new Set(rest.map(({ status }) => status))).toEqual(new Set([200, 503]));
    const refused = rest.filter(({ status }) => status === 503);
    for (const { retryAfter } of refused) expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
    expect(refused.find(({ endpoint }) => endpoint === 0)?.body).toEqual({
      code: 'OVERLOADED',
      error: expect.any(String),
    });
    expect(refused.find(({ endpoint }) => endpoint === 1)?.body).toEqual({ detail: expect.any(String) });
    const codes = answers
      .filter(({ endpoint }) => endpoint === 3)
      .map(({ body }) => body.errors?.[0]?.extensions.code ?? 'none');
    expect(new Set(codes)).toEqual(new Set(['none', 'OVERLOADED']));
    await app.request.post('/binboi/api/auth/login').send({ email, password }).expect(200);
  }, 120_000);
});
