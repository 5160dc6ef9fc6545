import { describe, expect, it } from 'vitest';
import { cookiesOf, jar, strongPassword, useOpenbin } from './support.ts';

// SECURITY.md: pages of other sites neither sign their visitors in nor use their cookies.
const page = 'https://bins.example.com';
const app = useOpenbin({ CORS_ORIGIN: page, PUBLIC_URL: 'https://keys.example.com' });

let people = 0;
async function member() {
  const email = `member${++people}@example.com`;
  const answer = await app
    .call('post', '/auth/register')
    .send({ email, password: strongPassword, displayName: 'Ada' })
    .expect(201);
  return { email, cookies: cookiesOf(answer) };
}

const allowed: [string, Record<string, string>][] = [
  ['a program', {}],
  ['the own host', { Origin: 'http://openbin.localhost', 'Sec-Fetch-Site': 'same-origin' }],
  ['the own host, with TLS in front', { Origin: 'https://openbin.localhost' }],
  ['the host of PUBLIC_URL', { Origin: 'https://keys.example.com' }],
  ['CORS_ORIGIN', { Origin: page, 'Sec-Fetch-Site': 'cross-site' }],
];
const refused: [string, Record<string, string>][] = [
  ['another site', { Origin: 'https://evil.example.com' }],
  ['another site that hides its origin', { 'Sec-Fetch-Site': 'cross-site' }],
  ['a sandboxed frame', { Origin: 'null' }],
  ['another port', { Origin: 'http://openbin.localhost:8080' }],
  ['a host that begins alike', { Origin: 'http://openbin.localhost.evil.example.com' }],
  ['what is no origin', { Origin: 'openbin.localhost' }],
  ['a site beside', { Origin: 'http://evil.localhost', 'Sec-Fetch-Site': 'same-site' }],
  [
    'the own host as a browser does not say it',
    { Origin: 'http://openbin.localhost', 'Sec-Fetch-Site': 'cross-site' },
  ],
];

const shown = (answer: { status: number; body: { error?: string }; headers: Record<string, unknown> }) => [
  answer.status,
  answer.body.error,
  answer.headers['set-cookie'],
];
const forbidden = [403, 'CSRF_INVALID', undefined];

describe('a request that sets cookies', () => {
  /** What a form of another site can send without being asked. */
  const asText = (path: string, body: object, headers: Record<string, string>) =>
    app.call('post', path).set(headers).set('Content-Type', 'text/plain').send(JSON.stringify(body));

  it.each(refused)('is refused and sets none: from %s', async (_who, headers) => {
    const { email } = await member();
    const body = { email, password: strongPassword };
    const sessions = await app.db.session.count();
    expect(shown(await app.call('post', '/auth/login').set(headers).send(body))).toEqual(forbidden);
    expect(shown(await asText('/auth/login', body, headers))).toEqual(forbidden);
    const other = { ...body, email: `new-${email}`, displayName: 'New' };
    expect(shown(await app.call('post', '/auth/register').set(headers).send(other))).toEqual(forbidden);
    expect(shown(await app.call('post', '/auth/logout').set(headers))).toEqual(forbidden);
    expect(await app.db.session.count()).toBe(sessions);
    expect(await app.db.account.count({ where: { email: other.email } })).toBe(0);
  });

  it.each(allowed)('is answered: from %s', async (_who, headers) => {
    const { email } = await member();
    const answer = await app
      .call('post', '/auth/login')
      .set(headers)
      .send({ email, password: strongPassword });
    expect(answer.status).toBe(200);
    expect(Object.keys(cookiesOf(answer))).toHaveLength(3);
  });
});

describe('a request with the cookies of a session', () => {
  const calls = (cookies: Awaited<ReturnType<typeof member>>['cookies'], headers: Record<string, string>) => {
    const sent = { ...headers, Cookie: jar(cookies), 'X-CSRF-Token': cookies['openbin-csrf']?.value ?? '' };
    return Promise.all([
      app.call('get', '/auth/me').set(sent),
      app.call('put', '/auth/profile').set(sent).send({ displayName: 'Changed' }),
      app.call('get', '/auth/me').set({ ...headers, Cookie: jar(cookies, 'openbin-access') }),
    ]);
  };

  it.each(refused)('is refused, with the right pair and for reading too: from %s', async (_who, headers) => {
    const { email, cookies } = await member();
    expect((await calls(cookies, headers)).map(shown)).toEqual([forbidden, forbidden, forbidden]);
    expect((await app.db.account.findUniqueOrThrow({ where: { email } })).name).toBe('Ada');
  });

  it.each(allowed)('is answered: from %s', async (_who, headers) => {
    const { cookies } = await member();
    expect((await calls(cookies, headers)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

it('a request with a bearer is answered from anywhere: no page sends one for another', async () => {
  const { key } = await app.person();
  for (const [, headers] of refused) await app.call('get', '/auth/me', key).set(headers).expect(200);
});
