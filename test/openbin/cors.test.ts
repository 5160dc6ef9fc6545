import { beforeAll, describe, expect, it } from 'vitest';
import { type Person, startOpenbin, useOpenbin } from './support.ts';

const origin = 'https://bins.example.com';
const app = useOpenbin({ CORS_ORIGIN: origin });
let person: Person;
beforeAll(async () => {
  person = await app.person();
});

/** A preflight as browsers send it. */
const preflight = (path: string, from: string) =>
  app
    .call('options', path)
    .set('Origin', from)
    .set('Access-Control-Request-Method', 'PUT')
    .set('Access-Control-Request-Headers', 'content-type,x-csrf-token');

describe('CORS (2)', () => {
  it.each([
    ['the page', origin],
    ['another site', 'https://evil.example.com'],
    ['a sandboxed frame', 'null'],
    ['no page', undefined],
  ])('names the configured origin, never the caller’s: %s', async (_who, from) => {
    const { key } = person;
    const answers = [
      await app.call('get', '/auth/me', key).set(from ? { Origin: from } : {}),
      await app.call('get', '/auth/me').set(from ? { Origin: from } : {}),
      await app.call('get', '/nothing', key).set(from ? { Origin: from } : {}),
      await app
        .call('post', '/locations', key)
        .set(from ? { Origin: from } : {})
        .send({}),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 404, 422]);
    for (const { headers } of answers) {
      expect(headers['access-control-allow-origin']).toBe(origin);
      expect(headers['access-control-allow-credentials']).toBe('true');
      expect(headers.vary).toMatch(/\bOrigin\b/);
    }
  });

  it.each([
    ['/auth/profile'],
    ['/bins/some/items'],
    ['/nothing/at/all'],
  ])('answers a preflight by 204, without a credential and without counting it: %s', async (path) => {
    for (const from of [origin, 'https://evil.example.com']) {
      const { status, text, headers } = await preflight(path, from);
      expect([status, text]).toEqual([204, '']);
      expect(headers['access-control-allow-origin']).toBe(origin);
      expect(headers['access-control-allow-credentials']).toBe('true');
      expect(headers['access-control-allow-methods']?.split(',').sort()).toEqual([
        'DELETE',
        'GET',
        'PATCH',
        'POST',
        'PUT',
      ]);
      expect(headers['access-control-allow-headers']).toBe('content-type,x-csrf-token');
      expect(headers.vary).toMatch(/Access-Control-Request-Headers/);
      expect(headers).not.toHaveProperty('ratelimit-limit');
    }
  });

  it('does so behind the prefix as well', async () => {
    const { status, headers } = await app.request
      .options('/openbin/api/auth/profile')
      .set('Origin', origin)
      .set('Access-Control-Request-Method', 'PUT');
    expect([status, headers['access-control-allow-origin']]).toEqual([204, origin]);
  });

  it('is for http://localhost:5173 unless told otherwise', async () => {
    const plain = await startOpenbin();
    const { headers } = await plain.call('get', '/health');
    expect(headers['access-control-allow-origin']).toBe('http://localhost:5173');
    await plain.stop();
  });

  it('other APIs name no origin', async () => {
    const { headers } = await app.request.get('/binboi/api/v1/tokens').set('Origin', origin);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});
