import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { startTestApp, useApp } from '../support/app.ts';
import { expectError, expectJson, expectNoContent, makePerson, rfc3339, uuid } from './support.ts';

const app = useApp();

const meta = {
  instance_name: expect.stringMatching(/\S/),
  auth_mode: 'personal-access-token',
  access_scope: 'token',
  generated_at: expect.stringMatching(rfc3339),
};
const subdomains = (body: { data: { subdomain: string }[] }) => body.data.map(({ subdomain }) => subdomain);
let names = 0;
const freeName = () => `name-${++names}`;

describe('GET /api/v1/tunnels (4.1)', () => {
  it('answers an empty array, never null, in the envelope', async () => {
    const person = await makePerson(app);
    const response = await person.get('/api/v1/tunnels');
    expect(response.status).toBe(200);
    expectJson(response);
    expect(response.body).toEqual({ data: [], meta });
  });

  async function withThree() {
    const person = await makePerson(app, { plan: 'PRO' });
    const made: Record<string, string> = {};
    for (const status of ['ACTIVE', 'INACTIVE', 'ERROR'] as const) {
      made[status] = freeName();
      await app.db.tunnel.create({
        data: { id: newId(), accountId: person.account.id, subdomain: made[status], target: 'x', status },
      });
    }
    return { person, ...(made as Record<'ACTIVE' | 'INACTIVE' | 'ERROR', string>) };
  }

  it('lists all by default, newest first, and by scope', async () => {
    const { person, ACTIVE, INACTIVE, ERROR } = await withThree();
    const listed = async (query: string) => subdomains((await person.get(`/api/v1/tunnels${query}`)).body);
    expect(await listed('')).toEqual([ERROR, INACTIVE, ACTIVE]);
    expect(await listed('?scope=all')).toEqual([ERROR, INACTIVE, ACTIVE]);
    expect(await listed('?scope=active')).toEqual([ACTIVE]);
    expect(await listed('?scope=inactive')).toEqual([ERROR, INACTIVE]);
    expect(await listed('?other=1')).toHaveLength(3);
  });

  it.each([
    'ALL',
    'x',
    'all&scope=active',
    'active%00',
    '%ff',
    'null',
  ])('400 TUNNELS_LIST_FAILED for scope=%s', async (scope) => {
    const person = await makePerson(app);
    expectError(await person.get(`/api/v1/tunnels?scope=${scope}`), 400, 'TUNNELS_LIST_FAILED');
  });

  it('shows the whole tunnel, counts as integers', async () => {
    const person = await makePerson(app);
    const subdomain = freeName();
    const lastConnectedAt = new Date('2026-05-26T19:48:12.345Z');
    const data = {
      subdomain,
      target: 'http://localhost:9',
      requestCount: 7,
      bytesOut: 5_000_000_000n,
      lastConnectedAt,
    };
    await app.db.tunnel.create({
      data: { id: newId(), accountId: person.account.id, status: 'ACTIVE', ...data },
    });
    const { body } = await person.get('/api/v1/tunnels');
    expect(body.data[0]).toEqual({
      id: expect.stringMatching(uuid),
      subdomain,
      target: 'http://localhost:9',
      status: 'ACTIVE',
      region: 'local',
      request_count: 7,
      bytes_out: 5_000_000_000,
      created_at: expect.stringMatching(rfc3339),
      last_connected_at: '2026-05-26T19:48:12.345Z',
      public_url: `http://${subdomain}.tunnel.localhost:${new URL(app.url).port}`,
    });
  });

  it('shows nobody else’s', async () => {
    await withThree();
    const person = await makePerson(app);
    expect((await person.get('/api/v1/tunnels')).body.data).toEqual([]);
  });
});

describe('POST /api/v1/tunnels (4.2)', () => {
  it('reserves a name: 201, INACTIVE, never connected', async () => {
    const person = await makePerson(app);
    const response = await person.post('/api/v1/tunnels', {
      subdomain: 'my-app',
      target: '8080',
      region: ' eu ',
    });
    expect(response.status).toBe(201);
    expectJson(response);
    expect(response.body).toEqual({
      data: {
        id: expect.stringMatching(uuid),
        subdomain: 'my-app',
        target: 'http://localhost:8080',
        status: 'INACTIVE',
        region: 'eu',
        request_count: 0,
        bytes_out: 0,
        created_at: expect.stringMatching(rfc3339),
        public_url: expect.stringMatching(/^http:\/\/my-app\.tunnel\.localhost:\d+$/),
      },
      meta,
    });
    expect((await person.get('/api/v1/tunnels')).body.data).toEqual([response.body.data]);
  });

  it.each([
    {},
    { subdomain: '', target: '', region: '' },
    { subdomain: null, target: null, region: null },
    { subdomain: '  ' },
  ])('fills in what is empty: %j', async (body) => {
    const person = await makePerson(app);
    const { data } = (await person.post('/api/v1/tunnels', body)).body;
    expect(data).toMatchObject({ target: 'http://localhost:3000', region: 'local' });
    const [, , number] = /^([a-z]+)-([a-z]+)-(\d+)$/.exec(data.subdomain)?.slice(1) ?? [];
    expect(Number(number)).toBeGreaterThanOrEqual(0);
    expect(Number(number)).toBeLessThanOrEqual(998);
  });

  const good: [string, string][] = [
    ['a', 'a'],
    ['ab', 'ab'],
    ['  Trimmed  ', 'trimmed'],
    ['UPPER', 'upper'],
    ['under_score', 'under-score'],
    ['7', '7'],
    ['a--b', 'a--b'],
    ['x'.repeat(63), 'x'.repeat(63)],
  ];
  it.each(good)('subdomain %s is %s', async (subdomain, expected) => {
    const person = await makePerson(app);
    expect((await person.post('/api/v1/tunnels', { subdomain })).body.data.subdomain).toBe(expected);
  });

  const bad = [
    '-a',
    'a-',
    '_a',
    'a_',
    '-',
    'a.b',
    'a b',
    'ä',
    '🦊',
    'x'.repeat(64),
    'a/b',
    'a:b',
    'xn--\u00e9',
    'İ',
    'a\nb',
  ];
  it.each(bad)('400 TUNNEL_CREATE_FAILED for subdomain %j', async (subdomain) => {
    const person = await makePerson(app);
    expectError(await person.post('/api/v1/tunnels', { subdomain }), 400, 'TUNNEL_CREATE_FAILED');
    expect(await app.db.tunnel.count({ where: { accountId: person.account.id } })).toBe(0);
  });

  const targets: [string, string][] = [
    ['3000', 'http://localhost:3000'],
    [' 1 ', 'http://localhost:1'],
    ['65535', 'http://localhost:65535'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['my-host:80', 'http://my-host:80'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['HTTP://Example.COM:80', 'http://example.com:80'],
    ['[::1]:3000', 'http://[::1]:3000'],
  ];
  it.each(targets)('target %s is %s', async (target, expected) => {
    const person = await makePerson(app);
    expect((await person.post('/api/v1/tunnels', { target })).body.data.target).toBe(expected);
  });

  const badTargets = [
    '0',
    '65536',
    '99999999999999999999',
    '-1',
    '80.5',
    'localhost',
    'http://localhost',
    ':80',
    'http://:80',
    'https://localhost:443',
    'ftp://a:1',
    'http://u:p@h:1',
    'a:b',
    'http://a:1/path',
    'http://',
    'a b:80',
    'http://localhost:0',
  ];
  it.each(badTargets)('400 TUNNEL_CREATE_FAILED for target %j', async (target) => {
    const person = await makePerson(app);
    expectError(await person.post('/api/v1/tunnels', { target }), 400, 'TUNNEL_CREATE_FAILED');
  });

  it('400 TUNNEL_CREATE_FAILED for a region without end', async () => {
    const person = await makePerson(app);
    expectError(
      await person.post('/api/v1/tunnels', { region: 'x'.repeat(1000) }),
      400,
      'TUNNEL_CREATE_FAILED',
    );
  });

  it('409 SUBDOMAIN_TAKEN, whoever owns it and however it is written', async () => {
    const [owner, other] = [await makePerson(app, { plan: 'PRO' }), await makePerson(app)];
    const subdomain = freeName();
    await owner.post('/api/v1/tunnels', { subdomain });
    for (const person of [owner, other]) {
      expectError(
        await person.post('/api/v1/tunnels', { subdomain: subdomain.toUpperCase() }),
        409,
        'SUBDOMAIN_TAKEN',
      );
    }
  });

  it('checks in the documented order: payload, quota, form, name', async () => {
    const person = await makePerson(app);
    const subdomain = freeName();
    await person.post('/api/v1/tunnels', { subdomain });
    expectError(await person.post('/api/v1/tunnels', { subdomain: 5 }), 400, 'INVALID_TUNNEL_PAYLOAD');
    expectError(await person.post('/api/v1/tunnels', { subdomain: '-bad-' }), 403, 'TUNNEL_LIMIT_REACHED');
    expectError(await person.post('/api/v1/tunnels', { subdomain }), 403, 'TUNNEL_LIMIT_REACHED');
    await app.db.account.update({ where: { id: person.account.id }, data: { plan: 'PRO' } });
    expectError(
      await person.post('/api/v1/tunnels', { subdomain, target: 'https://a:1' }),
      400,
      'TUNNEL_CREATE_FAILED',
    );
    expectError(await person.post('/api/v1/tunnels', { subdomain }), 409, 'SUBDOMAIN_TAKEN');
  });

  const plans = [
    ['FREE', 1],
    ['PRO', 10],
  ] as const;
  it.each(plans)('%s: gives exactly %i of 15 parallel calls a tunnel', async (plan, max) => {
    const person = await makePerson(app, { plan });
    const answers = await Promise.all(Array.from({ length: 15 }, () => person.post('/api/v1/tunnels', {})));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(max);
    for (const answer of answers) if (answer.status !== 201) expectError(answer, 403, 'TUNNEL_LIMIT_REACHED');
    expect(await app.db.tunnel.count({ where: { accountId: person.account.id } })).toBe(max);
  });

  it('SCALE is not limited', async () => {
    const person = await makePerson(app, { plan: 'SCALE' });
    for (let time = 0; time < 12; time++) expect((await person.post('/api/v1/tunnels', {})).status).toBe(201);
  });

  it('gives a name that several accounts want at once to exactly one', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => makePerson(app)));
    const subdomain = freeName();
    const answers = await Promise.all(people.map((person) => person.post('/api/v1/tunnels', { subdomain })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers) if (answer.status !== 201) expectError(answer, 409, 'SUBDOMAIN_TAKEN');
  });
});

describe('public_url (4)', () => {
  const origins: [string, string][] = [
    ['https://api.example.com', 'https://web.tunnel.example'],
    ['https://api.example.com:8443', 'https://web.tunnel.example:8443'],
    ['http://api.example.com', 'http://web.tunnel.example'],
    ['http://api.example.com:8080', 'http://web.tunnel.example:8080'],
    ['https://api.example.com:80', 'https://web.tunnel.example:80'],
  ];
  it.each(origins)('below %s is %s', async (PUBLIC_URL, expected) => {
    const other = await startTestApp({ PUBLIC_URL, TUNNEL_DOMAIN: 'tunnel.example' });
    try {
      const person = await makePerson(other);
      expect((await person.post('/api/v1/tunnels', { subdomain: 'web' })).body.data.public_url).toBe(
        expected,
      );
    } finally {
      await other.stop();
    }
  });
});

describe('DELETE /api/v1/tunnels/:id (4.3)', () => {
  it('answers 204, removes the row and frees name and quota', async () => {
    const person = await makePerson(app);
    const { data } = (await person.post('/api/v1/tunnels', {})).body;
    expectNoContent(await person.delete(`/api/v1/tunnels/${data.id}`));
    expect((await person.get('/api/v1/tunnels')).body.data).toEqual([]);
    expect((await person.post('/api/v1/tunnels', { subdomain: data.subdomain })).status).toBe(201);
    expectError(await person.delete(`/api/v1/tunnels/${data.id}`), 404, 'NOT_FOUND');
  });

  it.each([
    '00000000-0000-7000-8000-000000000000',
    'x',
    '%00',
    '%2F..%2F',
    'x'.repeat(1500),
  ])('404 NOT_FOUND for the id %s', async (id) => {
    const person = await makePerson(app);
    expectError(await person.delete(`/api/v1/tunnels/${id}`), 404, 'NOT_FOUND');
  });

  it('404 NOT_FOUND for another user’s, which stays', async () => {
    const [owner, other] = [await makePerson(app), await makePerson(app)];
    const { id } = (await owner.post('/api/v1/tunnels', {})).body.data;
    const foreign = await other.delete(`/api/v1/tunnels/${id}`);
    expectError(foreign, 404, 'NOT_FOUND');
    expect(foreign.body).toEqual((await other.delete('/api/v1/tunnels/x')).body);
    expect((await owner.get('/api/v1/tunnels')).body.data).toHaveLength(1);
  });

  it('lets one of 5 parallel calls win', async () => {
    const person = await makePerson(app);
    const { id } = (await person.post('/api/v1/tunnels', {})).body.data;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => person.delete(`/api/v1/tunnels/${id}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404, 404]);
  });
});
