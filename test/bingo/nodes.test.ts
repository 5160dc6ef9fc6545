import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import {
  aNode,
  dataOf,
  expectError,
  expectNoContent,
  makeNode,
  makePerson,
  type Person,
  time,
} from './support.ts';

const app = useApp();
let ann: Person;
let bob: Person;
beforeAll(async () => {
  ann = await makePerson(app);
  bob = await makePerson(app);
});

describe('POST /nodes/', () => {
  it('makes a pending node and shows the whole object in the documented order', async () => {
    const node = await makeNode(ann);
    expect(Object.entries(node)).toEqual([
      ['id', expect.any(Number)],
      ['country', 'de'],
      ['country_display', 'Germany'],
      ['name', 'Frankfurt 1'],
      ['ip', '192.0.2.10'],
      ['host', 'fra1.example.com'],
      ['port', 443],
      ['instance_id', null],
      ['instance_status', -1],
      ['bandwidth', 0],
      ['bandwidth_used_m', 0],
      ['status', 0],
      ['status_display', 'Pending'],
      ['can_redeploy', true],
      ['info', null],
      ['expire_time', null],
      ['status_update_time', expect.stringMatching(time)],
      ['update_time', expect.stringMatching(time)],
      ['create_time', expect.stringMatching(time)],
    ]);
    expect(Number.isInteger(node.id)).toBe(true);
  });

  it('trims, and takes host, address and country in any case', async () => {
    const fields = {
      name: '  Tokyo ',
      ip: '2001:DB8::1',
      host: 'TYO.Example.com',
      country: 'JP',
      port: 65535,
    };
    const node = await makeNode(ann, { ...fields, info: 'new', expire_time: '2099-12-31 23:59:59' });
    expect(node).toMatchObject({
      name: 'Tokyo',
      ip: '2001:db8::1',
      host: 'tyo.example.com',
      country: 'jp',
      country_display: 'Japan',
      port: 65535,
      info: 'new',
      expire_time: '2099-12-31 23:59:59',
    });
  });

  it.each([
    [{ name: undefined }, 'name: is required'],
    [{ name: '' }, 'name: must have 1 to 64 characters'],
    [{ name: '   ' }, 'name: must have 1 to 64 characters'],
    [{ name: 'x'.repeat(65) }, 'name: must have 1 to 64 characters'],
    [{ name: 5 }, 'name: must be a string'],
    [{ name: null }, 'name: must be a string'],
    [{ ip: undefined }, 'ip: is required'],
    [{ ip: '192.0.2' }, 'ip: must be an IPv4 or IPv6 address'],
    [{ ip: 'fe80::1%eth0' }, 'ip: must be an IPv4 or IPv6 address'],
    [{ host: undefined }, 'host: is required'],
    [{ host: 'not a host' }, 'host: must be a host name'],
    [{ host: 'https://example.com' }, 'host: must be a host name'],
    [{ host: `${'a'.repeat(64)}.com` }, 'host: must be a host name'],
    [{ port: 0 }, 'port: must be between 1 and 65535'],
    [{ port: 65536 }, 'port: must be between 1 and 65535'],
    [{ port: 443.5 }, 'port: must be a whole number'],
    [{ port: '443' }, 'port: must be a whole number'],
    [{ port: 1e300 }, /^port: must be/],
    [{ country: undefined }, 'country: is required'],
    [{ country: 'xx' }, 'country: must be an ISO 3166-1 alpha-2 country code'],
    [{ country: 'eu' }, 'country: must be an ISO 3166-1 alpha-2 country code'],
    [{ info: 'x'.repeat(1001) }, 'info: must have at most 1000 characters'],
    [{ expire_time: 'tomorrow' }, 'expire_time: must be a time such as 2026-05-26 19:48:12, in UTC'],
    [
      { expire_time: '2026-02-30 00:00:00' },
      'expire_time: must be a time such as 2026-05-26 19:48:12, in UTC',
    ],
    [
      { expire_time: '0000-01-01 00:00:00' },
      'expire_time: must be a time such as 2026-05-26 19:48:12, in UTC',
    ],
    [{ colour: 'red' }, 'colour: is not a known field'],
    [{ id: 7 }, /^id: /],
    // The first field in the order of the schema, whatever the order of the body and the kind of error.
    [{ country: 1, port: 'x', name: '' }, 'name: must have 1 to 64 characters'],
    [{ colour: 'red', country: 'xx' }, 'country: must be an ISO 3166-1 alpha-2 country code'],
  ])('answers 400 to %j and makes nothing', async (fields, message) => {
    const before = await app.db.vpnNode.count();
    expectError(await ann.post('/nodes/', { ...aNode, ...fields }), 400, message);
    expect(await app.db.vpnNode.count()).toBe(before);
  });

  it.each([
    ['{"name": ', 'Malformed JSON body'],
    ['[]', 'The request body is not the JSON that this operation takes.'],
    ['null', 'The request body is not the JSON that this operation takes.'],
    ['"x"', 'The request body is not the JSON that this operation takes.'],
    ['', 'The request body is not the JSON that this operation takes.'],
  ])('answers 400 with a plain sentence to the body %j', async (body, message) => {
    const call = app.request.post('/api/v2/nodes/').auth(ann.token, { type: 'bearer' });
    expectError(await call.set('content-type', 'application/json').send(body), 400, message);
  });

  it('counts characters, not the two halves that JavaScript keeps of some', async () => {
    const name = '🚀'.repeat(64);
    expect(dataOf(await ann.post('/nodes/', { ...aNode, name }), 201)).toMatchObject({ name });
    expectError(
      await ann.post('/nodes/', { ...aNode, name: `${name}x` }),
      400,
      'name: must have 1 to 64 characters',
    );
  });

  it('answers 400 to a body over 1 MB, because there is no 413 here', async () => {
    expectError(await ann.post('/nodes/', { ...aNode, info: 'x'.repeat(1_000_001) }), 400);
  });
});

describe('GET /nodes/', () => {
  let carl: Person;
  const ids: number[] = [];
  beforeAll(async () => {
    carl = await makePerson(app);
    for (let i = 1; i <= 23; i++) {
      const country = i % 2 ? 'de' : 'fr';
      ids.unshift((await makeNode(carl, { name: `Node ${i}`, host: `n${i}.example.com`, country })).id);
    }
  });

  it('lists the newest first, twenty on a page, with absolute links', async () => {
    const first = dataOf(await carl.get('/nodes/'));
    expect(Object.keys(first)).toEqual(['count', 'next', 'previous', 'results']);
    expect(first).toMatchObject({ count: 23, next: `${app.url}/api/v2/nodes/?page=2`, previous: null });
    expect(first.results.map(({ id }: { id: number }) => id)).toEqual(ids.slice(0, 20));
    const second = dataOf(await carl.get('/nodes/?page=2'));
    expect(second).toMatchObject({ count: 23, next: null, previous: `${app.url}/api/v2/nodes/?page=1` });
    expect(second.results.map(({ id }: { id: number }) => id)).toEqual(ids.slice(20));
  });

  it('keeps the filters in its links, and its links can be followed', async () => {
    let page = dataOf(await carl.get('/nodes?country=DE&page_size=5&search=NODE'));
    const seen: number[] = [];
    for (;;) {
      seen.push(...page.results.map(({ id }: { id: number }) => id));
      if (!page.next) break;
      const url = new URL(page.next);
      expect(url.pathname).toBe('/api/v2/nodes/');
      expect(Object.fromEntries(url.searchParams)).toMatchObject({
        country: 'DE',
        page_size: '5',
        search: 'NODE',
      });
      page = dataOf(await carl.get(page.next.slice(`${app.url}/api/v2`.length)));
    }
    expect(seen).toEqual(ids.filter((_id, index) => index % 2 === 0));
  });

  it('answers a page behind the end with nothing but the way back', async () => {
    expect(dataOf(await carl.get('/nodes/?page=99'))).toEqual({
      count: 23,
      next: null,
      previous: `${app.url}/api/v2/nodes/?page=2`,
      results: [],
    });
  });

  it('searches name and host without regard to case, and % and _ stand for themselves', async () => {
    const count = async (search: string) =>
      dataOf(await carl.get(`/nodes/?search=${encodeURIComponent(search)}`)).count;
    expect(await count('N7.EXAMPLE')).toBe(1);
    expect(await count('node 1')).toBe(11);
    expect(await count('%')).toBe(0);
    expect(await count('_')).toBe(0);
    expect(await count('')).toBe(23);
  });

  it.each([
    ['page=0', 'page: must be at least 1'],
    ['page=x', 'page: must be a whole number'],
    ['page=99999999999999999999', 'page: must be a whole number'],
    ['page_size=0', 'page_size: must be at least 1'],
    ['page_size=101', 'page_size: must be at most 100'],
    ['status=8', 'status: must be one of 0, 1, 2, 3, 4, 5, 9'],
    ['status=ok', 'status: must be one of 0, 1, 2, 3, 4, 5, 9'],
    ['page=1&page=2', /^page: /],
  ])('answers 400 to ?%s', async (query, message) => {
    expectError(await carl.get(`/nodes/?${query}`), 400, message);
  });

  it('takes a constant number of statements', async () => {
    const few = await app.statements(() => carl.get('/nodes/?page_size=1'));
    const many = await app.statements(() => carl.get('/nodes/?page_size=100'));
    expect(many.length).toBe(few.length);
    expect(many.length).toBeLessThanOrEqual(3);
  });

  it('links to where the call came in: root, prefix or host', async () => {
    const through = (path: string, host: string) =>
      app.request.get(path).auth(carl.token, { type: 'bearer' }).set('host', host);
    const own = new URL(app.url).host;
    expect((await through('/bingo/api/v2/nodes/?page_size=9', own)).body.data.next).toBe(
      `${app.url}/bingo/api/v2/nodes/?page_size=9&page=2`,
    );
    expect((await through('/api/v2/nodes/?page_size=9', 'bingo.localhost:4000')).body.data.next).toBe(
      'http://bingo.localhost:4000/api/v2/nodes/?page_size=9&page=2',
    );
  });
});

describe('one node', () => {
  it('is read, with and without the slash', async () => {
    const node = await makeNode(ann);
    expect(dataOf(await ann.get(`/nodes/${node.id}/`))).toEqual(node);
    expect(dataOf(await ann.get(`/nodes/${node.id}`))).toEqual(node);
  });

  it.each([
    '0',
    '-1',
    'x',
    '1.5',
    '007',
    '2147483648',
    '99999999999999999999',
    '%F0%9F%92%A9',
    '1e3',
  ])('with the id %s is 404', async (id) => {
    expectError(await ann.get(`/nodes/${id}/`), 404);
    expectError(await ann.patch(`/nodes/${id}/`, { name: 'x' }), 404);
    expectError(await ann.delete(`/nodes/${id}/`), 404);
    expectError(await ann.post(`/nodes/${id}/redeploy/`), 404);
    expectError(await ann.get(`/nodes/${id}/status/`), 404);
    expectError(await ann.put(`/nodes/${id}/status/`, { status: 4 }), 404);
    expectError(await ann.post(`/nodes/${id}/heartbeat/`, {}), 404);
    expectError(await ann.get(`/nodes/${id}/heartbeats/`), 404);
    expectError(await ann.get(`/nodes/${id}/passwords/`), 404);
    expectError(await ann.post(`/nodes/${id}/passwords/`, { name: 'x' }), 404);
  });

  it('of another organization is 404 for everything, and stays as it is', async () => {
    const node = await makeNode(ann);
    for (const call of [
      () => bob.get(`/nodes/${node.id}/`),
      () => bob.patch(`/nodes/${node.id}/`, { name: 'mine' }),
      () => bob.delete(`/nodes/${node.id}/`),
      () => bob.post(`/nodes/${node.id}/redeploy/`),
      () => bob.get(`/nodes/${node.id}/status/`),
      () => bob.put(`/nodes/${node.id}/status/`, { status: 4 }),
      () => bob.post(`/nodes/${node.id}/heartbeat/`, { bandwidth: 5 }),
      () => bob.get(`/nodes/${node.id}/heartbeats/`),
      () => bob.get(`/nodes/${node.id}/passwords/`),
      () => bob.post(`/nodes/${node.id}/passwords/`, { name: 'x' }),
    ]) {
      expectError(await call(), 404);
    }
    expect(dataOf(await ann.get(`/nodes/${node.id}/`))).toEqual(node);
    expect(dataOf(await bob.get('/nodes/')).count).toBe(0);
  });
});

describe('PATCH /nodes/{id}/', () => {
  it('changes each documented field, and only those given', async () => {
    const node = await makeNode(ann);
    const changes = {
      name: 'Munich',
      host: 'muc.example.com',
      port: 8443,
      ip: '192.0.2.99',
      country: 'at',
      info: 'moved',
      expire_time: '2098-01-02 03:04:05',
    };
    for (const [field, value] of Object.entries(changes)) {
      const changed = dataOf(await ann.patch(`/nodes/${node.id}/`, { [field]: value }));
      expect(changed[field]).toBe(value);
    }
    expect(dataOf(await ann.get(`/nodes/${node.id}/`))).toMatchObject({
      ...changes,
      country_display: 'Austria',
    });
    const emptied = dataOf(await ann.patch(`/nodes/${node.id}/`, { info: null, expire_time: null }));
    expect(emptied).toMatchObject({ ...changes, country_display: 'Austria', info: null, expire_time: null });
  });

  it('moves update_time, and no other time', async () => {
    const { id, create_time, status_update_time } = await makeNode(ann);
    const data = { updatedAt: new Date('2021-02-03T04:05:06Z') };
    await app.db.vpnNode.update({ where: { id }, data });
    expect(dataOf(await ann.get(`/nodes/${id}/`)).update_time).toBe('2021-02-03 04:05:06');
    const changed = dataOf(await ann.patch(`/nodes/${id}/`, { name: 'Later' }));
    expect(changed).toMatchObject({ create_time, status_update_time });
    expect(changed.update_time >= create_time).toBe(true);
  });

  it('finds the node by its new name', async () => {
    const node = await makeNode(ann);
    await ann.patch(`/nodes/${node.id}/`, { name: 'Reykjavik' });
    const found = dataOf(await ann.get('/nodes/?search=reykja'));
    expect(found.results.map(({ id }: { id: number }) => id)).toEqual([node.id]);
  });

  it.each([
    [{}, 'Give at least one field to change.'],
    [{ status: 9 }, /^status: /],
    [{ name: 'x', colour: 'red' }, /^colour: /],
    [{ name: null }, 'name: must be a string'],
    [{ port: 70000, host: '-' }, 'host: must be a host name'],
  ])('answers 400 to %j and changes nothing', async (body, message) => {
    const node = await makeNode(ann);
    expectError(await ann.patch(`/nodes/${node.id}/`, body), 400, message);
    expect(dataOf(await ann.get(`/nodes/${node.id}/`))).toEqual(node);
  });
});

describe('DELETE /nodes/{id}/', () => {
  it('takes the node with its passwords and history away', async () => {
    const node = await makeNode(ann);
    const password = dataOf(await ann.post(`/nodes/${node.id}/passwords/`, { name: 'x' }), 201);
    dataOf(await ann.post(`/nodes/${node.id}/heartbeat/`, {}));
    expectNoContent(await ann.delete(`/nodes/${node.id}/`));
    expectError(await ann.get(`/nodes/${node.id}/`), 404);
    expectError(await ann.delete(`/nodes/${node.id}/`), 404);
    expectError(await app.request.get(`/api/v2/shared/${password.share_code}/`), 404);
    expect(await app.db.vpnPassword.count({ where: { nodeId: node.id } })).toBe(0);
    expect(await app.db.vpnHeartbeatBucket.count({ where: { nodeId: node.id } })).toBe(0);
  });
});

describe('names and search beyond ASCII', () => {
  it('a name without a visible character is refused, for nodes, passwords and the organization', async () => {
    const { id } = await makeNode(ann);
    for (const name of ['\u200b', '\u3164', ' \u2060 ']) {
      expectError(await ann.post('/nodes/', { ...aNode, name }), 400, /name/);
      expectError(await ann.patch(`/nodes/${id}/`, { name }), 400, /name/);
      expectError(await ann.post(`/nodes/${id}/passwords/`, { name }), 400, /name/);
      expectError(await ann.patch('/organization/', { name }), 400, /name/);
    }
    expectError(await ann.patch('/organization/', { contact_email: 'ann@example.com\u200b' }), 400, /email/);
  });

  it('a node is found by either composition of its name, and shown composed', async () => {
    const { id, name } = await makeNode(ann, { name: '\u200bZu\u0308rich' });
    expect(name).toBe('Zürich');
    await app.db.vpnNode.update({
      where: { id: (await makeNode(ann)).id },
      data: { searchText: 'old zu\u0308rich\nx' },
    });
    for (const search of ['zürich', 'ZU\u0308RICH']) {
      const { results } = dataOf(await ann.get(`/nodes/?search=${encodeURIComponent(search)}`));
      expect(results).toHaveLength(2);
      expect(results.map((node: { id: number }) => node.id)).toContain(id);
    }
  });
});
