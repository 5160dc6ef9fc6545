import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { password, useApp } from '../support/app.ts';

const { version: packageVersion } = JSON.parse(readFileSync('package.json', 'utf8'));

const app = useApp({ DISABLE_RATE_LIMIT: 'false' }, { realHasher: true });

type Labels = Readonly<Record<string, string>>;

/** The sum of what /metrics says under a name, over all labels that fit. */
async function measured(name: string, labels: Labels = {}): Promise<number> {
  const { text } = await app.request.get('/metrics').expect(200);
  let sum = 0;
  for (const [, found = '', value] of text.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'))) {
    if (Object.entries(labels).every(([label, wanted]) => found.includes(`${label}="${wanted}"`)))
      sum += Number(value);
  }
  return sum;
}

/** Asserts that a measure goes up by this much with the work; its last part may come after the answer. */
async function expectGrowth(name: string, labels: Labels, by: number, work: () => PromiseLike<unknown>) {
  const before = await measured(name, labels);
  await work();
  await expect.poll(async () => (await measured(name, labels)) - before).toBe(by);
}

const requests = 'latchkey_http_requests_total';
const durations = 'latchkey_http_duration_seconds_count';

describe('/metrics', { timeout: 60_000 }, () => {
  it('counts requests by API, route, method and status', async () => {
    const key = await app.makeKey(await app.makeAccount());
    const cases: [Labels, () => PromiseLike<unknown>][] = [
      [
        { api: 'binboi', route: '/api/v1/auth/me', method: 'GET', status: '200' },
        () => app.request.get('/api/v1/auth/me').auth(key, { type: 'bearer' }),
      ],
      [
        { api: 'binboi', route: '/api/v1/auth/me', method: 'GET', status: '401' },
        () => app.request.get('/binboi/api/v1/auth/me'),
      ],
      [
        { api: 'bingo', route: '/api/v2/shared/:share_code/', method: 'GET', status: '404' },
        () => app.request.get('/bingo/api/v2/shared/a-share-code/'),
      ],
      [{ api: 'restume', route: 'unknown', status: '404' }, () => app.request.get('/restume/v1/nothing')],
      [
        { api: 'graphql', route: '/graphql', method: 'POST', status: '200' },
        () => app.request.post('/graphql').send({ query: '{ service { name } }' }),
      ],
      [{ api: 'server', route: 'other', status: '404' }, () => app.request.get('/nothing')],
    ];
    for (const [labels, work] of cases) {
      await expectGrowth(requests, labels, 1, work);
      const { api, route } = labels as { api: string; route: string };
      if (api !== 'server') await expectGrowth(durations, { api, route }, 1, work);
    }
  });

  it('has no label that a caller can choose', async () => {
    await app.request.get('/restume/v1/made-up-path?token=made-up-token');
    await app.request.get('/bingo/api/v2/shared/made-up-code/');
    await app.request.get('/made-up-path').set('host', 'made-up.example.com');
    expect((await app.request.get('/metrics')).text).not.toContain('made-up');
  });

  it('shows the passwords that wait, the time of the database and what limits refuse', async () => {
    const { email } = await app.makeAccount();
    const before = await measured('latchkey_database_seconds_count');
    const logins = Array.from({ length: 40 }, () =>
      app.request
        .post('/binboi/api/auth/login')
        .send({ email, password })
        .then(({ status }) => status),
    );
    await expect.poll(() => measured('latchkey_hash_queue'), { interval: 5 }).toBeGreaterThan(0);
    await Promise.all(logins);
    expect(await measured('latchkey_hash_queue')).toBe(0);
    expect(await measured('latchkey_database_seconds_count')).toBeGreaterThan(before);
    expect(await measured('latchkey_database_seconds_sum')).toBeGreaterThan(0);
    expect(await measured('latchkey_database_statements_total')).toBeGreaterThan(0);

    await expectGrowth('latchkey_limited_total', {}, 1, async () => {
      const account = await app.makeAccount();
      const key = await app.makeKey(account);
      for (let write = 0; write <= 60; write++)
        await app.request.delete('/binboi/api/v1/tokens/x').auth(key, { type: 'bearer' });
    });
  });

  it('counts mails by what became of them', async () => {
    await expectGrowth('latchkey_mail_outcome_total', { outcome: 'delivered' }, 1, () =>
      app.request.post('/binboi/api/auth/register').send({ email: 'mail@example.com', password }),
    );
  });

  it.each([
    ['/', '/'],
    ['/health', '/health'],
    ['/health/live', '/health/live'],
    ['/metrics', '/metrics'],
    ['/docs', '/docs'],
    ['/docs/start.js', '/docs/start.js'],
    ['/docs/assets/swagger-ui.css', '/docs/assets/*'],
    ['/openapi/binboi.json', '/openapi/binboi.json'],
    ['/pages/pages.css', '/pages/*'],
    ['/verify-email?token=x', '/verify-email'],
    ['/favicon.ico', '/favicon.ico'],
  ])('calls the server’s own %s by its route %s', async (path, route) => {
    const labels = { api: 'server', route, method: 'GET', status: '200' };
    await expectGrowth(requests, labels, path === '/metrics' ? 2 : 1, () =>
      app.request.get(path).expect(200),
    );
  });

  it('names the version', async () => {
    expect(await measured('latchkey_info', { version: packageVersion })).toBe(1);
  });

  it('is Prometheus’ text form', async () => {
    const { headers } = await app.request.get('/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  });
});

describe('The version of package.json', () => {
  it('is in the graph, for everybody', async () => {
    const { data } = await app.graphql('{ service { version } }');
    expect(data).toEqual({ service: { version: packageVersion } });
  });

  it.each(['binboi', 'openbin', 'restume', 'bingo'])('is in the OpenAPI document of %s', async (api) => {
    const { body } = await app.request.get(`/openapi/${api}.json`).expect(200);
    expect(body.info.version).toBe(packageVersion);
  });
});

describe('/health', { timeout: 60_000 }, () => {
  it.each(['/health', '/health/live', '/health/ready'])('names the version at %s', async (path) => {
    expect((await app.request.get(path)).body.version).toBe(packageVersion);
  });

  const status = async (path: string) => {
    const answer = await app.request.get(path);
    return [answer.status, answer.body.status];
  };

  it('is ready while the database answers', async () => {
    expect(await status('/health')).toEqual([200, 'ready']);
    expect(await status('/health/ready')).toEqual([200, 'ready']);
    expect(await status('/health/live')).toEqual([200, 'live']);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('gone'))],
    ['is silent', () => new Promise<void>(() => {})],
  ])('is live but not ready while the database %s', async (_how, ping) => {
    const { database } = app.services;
    const original = database.ping;
    Object.assign(database, { ping });
    try {
      expect(await status('/health')).toEqual([503, 'database does not answer']);
      expect(await status('/health/ready')).toEqual([503, 'database does not answer']);
      expect(await status('/health/live')).toEqual([200, 'live']);
    } finally {
      Object.assign(database, { ping: original });
    }
    expect(await status('/health')).toEqual([200, 'ready']);
  });
});
