import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { useApp } from '../support/app.ts';
import { expectError, expectJson, makePerson, type Person, rfc3339, uuid } from './support.ts';

const app = useApp();
let person: Person;
beforeAll(async () => {
  person = await makePerson(app, { plan: 'PRO' });
  const accountId = person.account.id;
  const tunnels = await Promise.all(
    ['web', 'api'].map((subdomain) =>
      app.db.tunnel.create({ data: { id: newId(), accountId, subdomain, target: 'x' } }),
    ),
  );
  const [web, api] = tunnels.map(({ id }) => id) as [string, string];
  const common = { accountId, status: 200, durationMs: 12 };
  const rows = [
    { ...common, tunnelId: web, method: 'GET', path: '/a_b', createdAt: new Date('2026-05-01T00:00:00Z') },
    {
      ...common,
      tunnelId: web,
      method: 'POST',
      path: '/axb',
      status: 404,
      createdAt: new Date('2026-05-02T00:00:00Z'),
    },
    { ...common, tunnelId: api, method: 'GET', path: '/100%', createdAt: new Date('2026-05-03T00:00:00Z') },
    {
      ...common,
      tunnelId: api,
      method: 'POST',
      path: '/hook',
      kind: 'WEBHOOK' as const,
      provider: 'stripe',
      eventType: 'paid',
      createdAt: new Date('2026-05-04T00:00:00Z'),
    },
  ];
  for (const data of rows) await app.db.tunnelRequest.create({ data: { id: newId(), ...data } });
});

const paths = async (query: string) => {
  const { status, body } = await person.get(`/api/v1/requests${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.data.map(({ path }: { path: string }) => path);
};

describe('GET /api/v1/requests (6)', () => {
  it('is an empty array where nothing came yet', async () => {
    const response = await (await makePerson(app)).get('/api/v1/requests');
    expectJson(response);
    expect(response.body.data).toEqual([]);
  });

  it('lists newest first what the command-line client decodes, and the extra fields', async () => {
    const { body } = await person.get('/api/v1/requests');
    expect(body.data[0]).toEqual({
      id: expect.stringMatching(uuid),
      tunnel_id: expect.stringMatching(uuid),
      tunnel_subdomain: 'api',
      kind: 'WEBHOOK',
      provider: 'stripe',
      event_type: 'paid',
      method: 'POST',
      path: '/hook',
      status: 200,
      duration_ms: 12,
      created_at: expect.stringMatching(rfc3339),
    });
    expect(await paths('')).toEqual(['/hook', '/100%', '/axb', '/a_b']);
  });

  const filters: [string, string[]][] = [
    ['?limit=2', ['/hook', '/100%']],
    ['?limit=500', ['/hook', '/100%', '/axb', '/a_b']],
    ['?sort=oldest&limit=1', ['/a_b']],
    ['?kind=WEBHOOK', ['/hook']],
    ['?kind=REQUEST', ['/100%', '/axb', '/a_b']],
    ['?tunnel=web', ['/axb', '/a_b']],
    ['?tunnel=nobody', []],
    ['?method=POST', ['/hook', '/axb']],
    ['?method=post', ['/hook', '/axb']],
    ['?status=404', ['/axb']],
    ['?path_prefix=/a', ['/axb', '/a_b']],
    ['?path_prefix=/a_', ['/a_b']],
    ['?path_prefix=%25', []],
    ['?q=%25', ['/100%']],
    ['?q=_', ['/a_b']],
    ['?q=stripe', ['/hook']],
    ['?q=%5C', []],
    ['?since=2026-05-03T00:00:00Z', ['/hook', '/100%']],
    ['?until=2026-05-02T00:00:00Z', ['/a_b']],
    ['?since=2026-05-02&until=2026-05-03', ['/axb']],
    ['?tunnel=web&method=GET', ['/a_b']],
  ];
  it.each(filters)('%s', async (query, expected) => {
    expect(await paths(query)).toEqual(expected);
  });

  const wrong = [
    'limit=0',
    'limit=501',
    'limit=x',
    'limit=1.5',
    'limit=-1',
    'limit=1e2',
    'limit=1&limit=2',
    'kind=x',
    'status=x',
    'status=99',
    'sort=x',
    'since=yesterday',
    'since=2026-13-01',
    'since=0000-01-01T00:00:00Z',
    'since=0001-01-01T00:00:00%2B23:59',
    'until=9999-12-31T23:59:59-23:59',
    'until=2026-02-30T00:00:00Z',
    'q=a&q=b',
  ];
  it.each(wrong)('400 for %s', async (query) => {
    expectError(await person.get(`/api/v1/requests?${query}`), 400, 'INVALID_PARAMETER');
  });

  it.each([
    'since=9999-12-31T23:59:59Z',
    'until=0001-01-01',
    'q=%00',
    'tunnel=%00',
    'q=%ff',
    'limit=1&x=y',
  ])('takes the odd but valid %s', async (query) => {
    expect((await person.get(`/api/v1/requests?${query}`)).status).toBe(200);
  });

  it('shows nobody else’s', async () => {
    expect((await (await makePerson(app)).get('/api/v1/requests?tunnel=web')).body.data).toEqual([]);
  });
});
