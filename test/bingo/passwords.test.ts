import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import {
  asTime,
  dataOf,
  expectError,
  expectNoContent,
  makeNode,
  makePassword,
  makePerson,
  type Person,
  time,
} from './support.ts';

const app = useApp();
let ann: Person;
let node: number;
beforeAll(async () => {
  ann = await makePerson(app);
  node = (await makeNode(ann)).id;
});

const make = (fields: object) => ann.post(`/nodes/${node}/passwords/`, fields);
const change = (id: number, fields: object) => ann.patch(`/nodes/${node}/passwords/${id}/`, fields);
const seconds = (text: string) => Date.parse(`${text}Z`) / 1000;

describe('POST /nodes/{id}/passwords/', () => {
  it('generates one and shows the whole object in the documented order', async () => {
    const made = dataOf(await make({ name: 'phone' }), 201);
    expect(Object.entries(made)).toEqual([
      ['id', expect.any(Number)],
      ['name', 'phone'],
      ['node', node],
      ['password', expect.stringMatching(/^[0-9A-Za-z]{16}$/)],
      ['is_active', true],
      ['bandwidth_limit', 10],
      ['upload_transfer', 0],
      ['download_transfer', 0],
      ['transfer_limit', 0],
      ['share_code', expect.stringMatching(/^[0-9A-Za-z]{22}$/)],
      ['transfer_is_monthly', false],
      ['updated_at', expect.stringMatching(time)],
      ['created_at', expect.stringMatching(time)],
      ['expire_time', null],
      ['is_expired', false],
    ]);
    expect(dataOf(await ann.get(`/nodes/${node}/passwords/${made.id}/`))).toEqual(made);
  });

  it('takes every field', async () => {
    const fields = {
      name: 'laptop',
      bandwidth_limit: 50,
      transfer_limit: 100,
      transfer_is_monthly: true,
      expire_time: '2099-01-01 00:00:00',
      password: ' "quoted" ünï \\',
    };
    expect(dataOf(await make(fields), 201)).toMatchObject(fields);
  });

  it('counts characters, not the two halves that JavaScript keeps of some', async () => {
    const fields = { name: '🔑'.repeat(64), password: '🔑'.repeat(64) };
    expect(dataOf(await make(fields), 201)).toMatchObject(fields);
  });

  it('counts expire_in from now', async () => {
    const made = dataOf(await make({ name: 'x', expire_in: 90 }), 201);
    expect(Math.abs(seconds(made.expire_time) - Date.now() / 1000 - 90)).toBeLessThan(5);
    expect(made.is_expired).toBe(false);
  });

  it.each([
    [{}, 'name: is required'],
    [{ name: '' }, 'name: must have 1 to 64 characters'],
    [{ name: 'x'.repeat(65) }, 'name: must have 1 to 64 characters'],
    [{ name: 'x', bandwidth_limit: 2 }, 'bandwidth_limit: must be one of 1, 5, 10, 20, 50'],
    [{ name: 'x', bandwidth_limit: '10' }, 'bandwidth_limit: must be a whole number'],
    [{ name: 'x', transfer_limit: -1 }, 'transfer_limit: must be between 0 and 1000000'],
    [{ name: 'x', transfer_limit: 0.5 }, 'transfer_limit: must be a whole number'],
    [{ name: 'x', transfer_is_monthly: 'yes' }, 'transfer_is_monthly: must be true or false'],
    [{ name: 'x', expire_in: 0 }, 'expire_in: must be between 1 and 316224000'],
    [{ name: 'x', expire_in: 1e15 }, 'expire_in: must be between 1 and 316224000'],
    [{ name: 'x', expire_time: 'never' }, 'expire_time: must be a time such as 2026-05-26 19:48:12, in UTC'],
    [
      { name: 'x', expire_time: '2099-01-01 00:00:00', expire_in: 5 },
      'expire_in: cannot be given together with the time itself',
    ],
    [{ name: 'x', password: 'abc' }, /^password: must have 4 to 64 characters/],
    [{ name: 'x', password: '🔑🔑' }, /^password: must have 4 to 64 characters/],
    [{ name: 'x', password: 'x'.repeat(65) }, /^password: must have 4 to 64 characters/],
    [{ name: 'x', password: 'line\nbreak' }, /^password: /],
    [{ name: 'x', is_active: false }, /^is_active: /],
    [{ password: 'abc', name: '', bandwidth_limit: 3 }, 'name: must have 1 to 64 characters'],
    [{ name: 'x', expire_in: 0, bandwidth_limit: 3 }, 'bandwidth_limit: must be one of 1, 5, 10, 20, 50'],
  ])('answers 400 to %j', async (fields, message) => {
    const before = await app.db.vpnPassword.count();
    expectError(await make(fields), 400, message);
    expect(await app.db.vpnPassword.count()).toBe(before);
  });

  it('refuses a password that the node has, by one of ten who come together, and not on another node', async () => {
    const other = (await makeNode(ann)).id;
    const fields = { name: 'x', password: 'the same' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => make(fields)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(400)]);
    expectError(await make(fields), 400, 'password: is already used on this node');
    dataOf(await ann.post(`/nodes/${other}/passwords/`, fields), 201);
  });

  it('is 404 for the node of another organization', async () => {
    const bob = await makePerson(app);
    expectError(await bob.post(`/nodes/${node}/passwords/`, { name: 'x' }), 404);
  });

  it('stores it encrypted: neither text nor a plain hash of it is in the database', async () => {
    const made = await makePassword(ann, node, { password: 'do not find me' });
    const row = await app.db.vpnPassword.findUniqueOrThrow({ where: { id: made.id } });
    expect(
      JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('do not find me');
    const again = await makePassword(ann, (await makeNode(ann)).id, { password: 'do not find me' });
    const other = await app.db.vpnPassword.findUniqueOrThrow({ where: { id: again.id } });
    expect(other.sealed).not.toBe(row.sealed);
    expect(other.fingerprint).not.toBe(row.fingerprint);
  });
});

describe('GET /nodes/{id}/passwords/', () => {
  it('lists the newest first with pages, and filters by activity and expiry', async () => {
    const { id } = await makeNode(ann);
    const path = `/nodes/${id}/passwords/`;
    const live = await makePassword(ann, id, { name: 'live' });
    const late = await makePassword(ann, id, { name: 'late', expire_time: '2020-01-01 00:00:00' });
    const off = await makePassword(ann, id, { name: 'off', expire_in: 100 });
    await ann.patch(`${path}${off.id}/`, { is_active: false });
    const names = async (query: string) =>
      dataOf(await ann.get(`${path}?${query}`)).results.map(({ name }: { name: string }) => name);
    expect(await names('')).toEqual(['off', 'late', 'live']);
    expect(await names('is_active=true')).toEqual(['late', 'live']);
    expect(await names('is_active=false')).toEqual(['off']);
    expect(await names('is_expired=true')).toEqual(['late']);
    expect(await names('is_expired=false')).toEqual(['off', 'live']);
    expect(await names('is_expired=0&is_active=1')).toEqual(['live']);
    const page = dataOf(await ann.get(`${path}?page_size=1&page=2`));
    expect(page).toEqual({
      count: 3,
      next: `${app.url}/api/v2${path}?page_size=1&page=3`,
      previous: `${app.url}/api/v2${path}?page_size=1&page=1`,
      results: [{ ...late, is_expired: true }],
    });
    expect(live.is_expired).toBe(false);
    expectError(await ann.get(`${path}?is_active=maybe`), 400, 'is_active: must be true or false');
    expectError(await ann.get(`${path}?page_size=1000`), 400, 'page_size: must be at most 100');
  });

  it('takes a constant number of statements', async () => {
    const few = await app.statements(() => ann.get(`/nodes/${node}/passwords/?page_size=1`));
    const many = await app.statements(() => ann.get(`/nodes/${node}/passwords/?page_size=100`));
    expect(many.length).toBe(few.length);
  });
});

describe('one password', () => {
  it('takes every change', async () => {
    const made = await makePassword(ann, node);
    const changes = {
      name: 'tablet',
      bandwidth_limit: 1,
      transfer_limit: 7,
      transfer_is_monthly: true,
      expire_time: '2098-01-01 00:00:00',
      password: 'another one',
      is_active: false,
    };
    for (const [field, value] of Object.entries(changes)) {
      expect(dataOf(await change(made.id, { [field]: value }))[field]).toBe(value);
    }
    expect(dataOf(await ann.get(`/nodes/${node}/passwords/${made.id}/`))).toMatchObject(changes);
    const soon = dataOf(await change(made.id, { expire_in: 60 }));
    expect(Math.abs(seconds(soon.expire_time) - seconds(asTime(new Date())) - 60)).toBeLessThan(5);
    expect(dataOf(await change(made.id, { expire_time: null })).expire_time).toBeNull();
    expect(dataOf(await change(made.id, { expire_time: '2020-01-01 00:00:00' })).is_expired).toBe(true);
  });

  it('keeps its share code through all changes', async () => {
    const made = await makePassword(ann, node);
    const changed = dataOf(await change(made.id, { password: 'a new secret', name: 'n' }));
    expect(changed.share_code).toBe(made.share_code);
  });

  it.each([
    [{}, 'Give at least one field to change.'],
    [{ colour: 1 }, /^colour: /],
    [{ share_code: 'mine' }, /^share_code: /],
    [{ upload_transfer: 0 }, /^upload_transfer: /],
    [{ name: null }, 'name: must be a string'],
    [{ is_active: 1 }, 'is_active: must be true or false'],
    [{ reset_transfer: 'yes' }, 'reset_transfer: must be true or false'],
    [{ expire_time: '2099-01-01 00:00:00', expire_in: 5 }, /^expire_in: cannot be given/],
  ])('answers 400 to %j and stays as it is', async (fields, message) => {
    const made = await makePassword(ann, node);
    expectError(await change(made.id, fields), 400, message);
    expect(dataOf(await ann.get(`/nodes/${node}/passwords/${made.id}/`))).toEqual(made);
  });

  it('cannot be changed to one that the node has; to its own it can', async () => {
    const first = await makePassword(ann, node, { password: 'first one' });
    const second = await makePassword(ann, node, { password: 'second one' });
    expectError(
      await change(second.id, { password: 'first one' }),
      400,
      'password: is already used on this node',
    );
    dataOf(await change(first.id, { password: 'first one' }));
  });

  it('is removed', async () => {
    const { id } = await makePassword(ann, node);
    expectNoContent(await ann.delete(`/nodes/${node}/passwords/${id}/`));
    expectError(await ann.get(`/nodes/${node}/passwords/${id}/`), 404);
    expectError(await ann.delete(`/nodes/${node}/passwords/${id}/`), 404);
  });

  it('is 404 by another node, another organization, and an id that cannot be one', async () => {
    const { id } = await makePassword(ann, node);
    const other = (await makeNode(ann)).id;
    const bob = await makePerson(app);
    const bobs = (await makeNode(bob)).id;
    for (const [person, path] of [
      [ann, `/nodes/${other}/passwords/${id}/`],
      [bob, `/nodes/${node}/passwords/${id}/`],
      [bob, `/nodes/${bobs}/passwords/${id}/`],
      [ann, `/nodes/${node}/passwords/x/`],
      [ann, `/nodes/${node}/passwords/99999999999/`],
    ] as const) {
      expectError(await person.get(path), 404);
      expectError(await person.patch(path, { name: 'mine' }), 404);
      expectError(await person.delete(path), 404);
    }
    expect(dataOf(await ann.get(`/nodes/${node}/passwords/${id}/`)).name).toBe('phone');
  });
});

describe('GET /shared/{share_code}/', () => {
  const shared = (code: string) => app.request.get(`/api/v2/shared/${code}/`);

  it('shows without a token what a person needs to connect, and nothing else', async () => {
    const made = await makePassword(ann, node, { password: 'shared secret' });
    const answer = await shared(made.share_code);
    expect(Object.entries(dataOf(answer))).toEqual([
      ['name', 'phone'],
      ['host', 'fra1.example.com'],
      ['port', 443],
      ['password', 'shared secret'],
      ['country', 'de'],
      ['is_active', true],
      ['is_expired', false],
      ['expire_time', null],
    ]);
    // A wrong token does not matter where none is needed.
    dataOf(await shared(made.share_code).auth('bng_wrong', { type: 'bearer' }));
  });

  it('is 404 for an unknown code, an expired or inactive password, and in a suspended organization', async () => {
    expectError(await shared('0'.repeat(22)), 404);
    expectError(await shared('%00'), 404);
    expectError(await shared('x'.repeat(2500)), 404);
    const made = await makePassword(ann, node);
    dataOf(await shared(made.share_code));
    await change(made.id, { is_active: false });
    expectError(await shared(made.share_code), 404);
    await change(made.id, { is_active: true, expire_time: '2020-01-01 00:00:00' });
    expectError(await shared(made.share_code), 404);
    await change(made.id, { expire_time: null });
    dataOf(await ann.put('/organization/status/', { status: 2 }));
    expectError(await shared(made.share_code), 404);
    dataOf(await ann.put('/organization/status/', { status: 1 }));
    dataOf(await shared(made.share_code));
  });
});
