import { describe, expect, it } from 'vitest';
import { type Person, useOpenbin } from './support.ts';

const app = useOpenbin();

type Role = 'admin' | 'member' | 'viewer' | 'outsider';

/** A location with somebody in each role, and somebody who has nothing to do with it. */
async function household() {
  const [admin, member, viewer, outsider] = await Promise.all([
    app.person(),
    app.person(),
    app.person(),
    app.person(),
  ]);
  const location = await app.location(admin);
  await app.belong(member, location.id, 'MEMBER');
  await app.belong(viewer, location.id, 'VIEWER');
  const people: Record<Role, Person> = { admin, member, viewer, outsider };
  return { ...location, people };
}

describe('who may do what (6)', () => {
  const all = { admin: 200, member: 200, viewer: 200, outsider: 403 };
  const adminOnly = (status: number) => ({ admin: status, member: 403, viewer: 403, outsider: 403 });
  it.each([
    ['get', '/members', undefined, all],
    ['get', '/areas', undefined, all],
    ['get', '/activity', undefined, all],
    ['get', '/custom-fields', undefined, all],
    ['get', '/stats', undefined, all],
    ['put', '', { name: 'New' }, adminOnly(200)],
    ['post', '/regenerate-invite', undefined, adminOnly(200)],
    ['post', '/areas', { name: 'Attic' }, adminOnly(201)],
    ['put', '/areas/AREA', { name: 'Loft' }, adminOnly(200)],
    ['delete', '/areas/AREA', undefined, adminOnly(200)],
    ['post', '/custom-fields', { name: 'Price' }, adminOnly(201)],
    ['put', '/custom-fields/FIELD', { name: 'Cost' }, adminOnly(200)],
    ['put', '/custom-fields/reorder', { field_ids: ['x'] }, adminOnly(200)],
    ['delete', '/custom-fields/FIELD', undefined, adminOnly(204)],
    ['put', '/members/OTHER/role', { role: 'viewer' }, adminOnly(200)],
    ['post', '/members/OTHER/reset-password', undefined, adminOnly(200)],
    ['delete', '/members/OTHER', undefined, adminOnly(200)],
    ['delete', '', undefined, adminOnly(200)],
  ] as const)('%s %s', async (method, path, body, expected) => {
    const { id, people } = await household();
    const other = await app.person();
    await app.belong(other, id, 'MEMBER');
    const area = await app.call('post', `/locations/${id}/areas`, people.admin.key).send({ name: 'Cellar' });
    const field = await app
      .call('post', `/locations/${id}/custom-fields`, people.admin.key)
      .send({ name: 'Weight' });
    const real = path
      .replace('AREA', area.body.id)
      .replace('FIELD', field.body.id)
      .replace('OTHER', other.account.id);
    for (const role of ['outsider', 'viewer', 'member', 'admin'] as const) {
      const response = await app.call(method, `/locations/${id}${real}`, people[role].key).send(body);
      expect(response.status, role).toBe(expected[role]);
      if (response.status === 403) expect(response.body.error).toBe('FORBIDDEN');
    }
  });

  it.each([
    'get /stats',
    'put ',
    'delete ',
    'get /members',
    'post /areas',
  ])('tells nobody whether a location exists: %s', async (what) => {
    const [method, path] = what.split(' ') as ['get' | 'put' | 'post' | 'delete', string];
    const { people } = await household();
    const { status } = await app
      .call(method, `/locations/no-such${path}`, people.admin.key)
      .send({ name: 'x' });
    expect(status).toBe(403);
  });
});

describe('locations (8)', () => {
  it('makes one with its maker as administrator', async () => {
    const maker = await app.person();
    const { body } = await app.call('post', '/locations', maker.key).send({ name: ' Home ' }).expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      name: 'Home',
      created_by: maker.account.id,
      invite_code: expect.stringMatching(/^[0-9a-f]{32}$/),
      activity_retention_days: 90,
      trash_retention_days: 30,
      app_name: 'OpenBin',
      term_bin: '',
      term_location: '',
      term_area: '',
      default_join_role: 'member',
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
      role: 'admin',
      member_count: 1,
      viewer_count: 0,
      area_count: 0,
    });
    const list = await app.call('get', '/locations', maker.key);
    expect(list.body).toEqual({ results: [{ ...body, bin_count: 0 }], count: 1 });
    expect((await app.call('get', '/auth/me', maker.key)).body.activeLocationId).toBeNull();
  });

  it('lists by name without regard to case, the code only for administrators, in a constant number of statements', async () => {
    const { id, people } = await household();
    for (const name of ['zoo', 'Attic', 'boat']) await app.location(people.viewer, name);
    const { body } = await app.call('get', '/locations', people.viewer.key).expect(200);
    expect(body.results.map(({ name }: { name: string }) => name)).toEqual(['Attic', 'boat', 'Home', 'zoo']);
    const seen = body.results.find((row: { id: string }) => row.id === id);
    expect(seen).not.toHaveProperty('invite_code');
    expect(seen).toMatchObject({ role: 'viewer', member_count: 2, viewer_count: 1 });
    const list = async () => void (await app.call('get', '/locations', people.viewer.key).expect(200));
    const few = (await app.statements(list)).length;
    for (let more = 0; more < 5; more++) await app.location(people.viewer, `More ${more}`);
    expect((await app.statements(list)).length).toBe(few);
  });

  it.each([
    [{}],
    [{ unknown: 1 }],
    [{ name: ' ' }],
    [{ name: 'x'.repeat(256) }],
    [{ activity_retention_days: 6 }],
    [{ activity_retention_days: 366 }],
    [{ trash_retention_days: 7.5 }],
    [{ trash_retention_days: '30' }],
    [{ app_name: '' }],
    [{ term_bin: 'x'.repeat(31) }],
    [{ default_join_role: 'admin' }],
  ])('refuses the change %j', async (change) => {
    const { id, people } = await household();
    const { status, body } = await app.call('put', `/locations/${id}`, people.admin.key).send(change);
    expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
    const [field] = Object.keys(change);
    if (field && field !== 'unknown') expect(body.message).toContain(field);
  });

  it('changes what is sent and answers the row without role and counts', async () => {
    const { id, people } = await household();
    const change = { term_bin: 'box|boxes', activity_retention_days: 7, default_join_role: 'viewer' };
    const { body } = await app.call('put', `/locations/${id}`, people.admin.key).send(change).expect(200);
    expect(body).toMatchObject(change);
    for (const absent of ['role', 'member_count', 'bin_count']) expect(body).not.toHaveProperty(absent);
  });

  it('lets whoever has the code join once, in the default role', async () => {
    const { id, invite_code: inviteCode, people } = await household();
    const join = () =>
      app.call('post', '/locations/join', people.outsider.key).send({ inviteCode: ` ${inviteCode} ` });
    const { status, body } = await join();
    expect(status).toBe(201);
    expect(body).toMatchObject({ id, invite_code: '', role: 'member', member_count: 3, viewer_count: 1 });
    expect(body).not.toHaveProperty('default_join_role');
    expect(body).not.toHaveProperty('bin_count');
    expect((await join()).status).toBe(409);
    await app
      .call('post', '/locations/join', people.outsider.key)
      .send({ inviteCode: 'unknown' })
      .expect(404);
    await app.call('post', '/locations/join', people.outsider.key).send({}).expect(422);
  });

  it('makes the old code useless with a new one', async () => {
    const { id, invite_code: old, people } = await household();
    const { body } = await app
      .call('post', `/locations/${id}/regenerate-invite`, people.admin.key)
      .expect(200);
    expect(Object.keys(body)).toEqual(['inviteCode']);
    await app.call('post', '/locations/join', people.outsider.key).send({ inviteCode: old }).expect(404);
    const preview = await app.call(
      'get',
      `/auth/invite-preview?code=${body.inviteCode}`,
      people.outsider.key,
    );
    expect(preview.body).toEqual({ name: 'Home', memberCount: 2, viewerCount: 1 });
    await app.call('get', '/auth/invite-preview', people.outsider.key).expect(422);
    await app.call('get', `/auth/invite-preview?code=${old}`, people.outsider.key).expect(404);
  });

  it('takes the active location away from those who leave and when it goes', async () => {
    const { id, people } = await household();
    const activate = (who: Person) =>
      app.call('put', '/auth/active-location', who.key).send({ locationId: id });
    const active = async (who: Person) => (await app.call('get', '/auth/me', who.key)).body.activeLocationId;
    await activate(people.outsider).expect(403);
    for (const who of [people.member, people.viewer])
      expect((await activate(who)).body).toEqual({ activeLocationId: id });
    await app.call('put', '/auth/active-location', people.viewer.key).send({ locationId: '' }).expect(422);
    await app
      .call('delete', `/locations/${id}/members/${people.member.account.id}`, people.member.key)
      .expect(200);
    expect(await active(people.member)).toBeNull();
    expect(await active(people.viewer)).toBe(id);
    await app.call('delete', `/locations/${id}`, people.admin.key).expect(200);
    expect(await active(people.viewer)).toBeNull();
  });
});

describe('members (8)', () => {
  it('lists them in the order of joining', async () => {
    const { id, people } = await household();
    const { body } = await app.call('get', `/locations/${id}/members`, people.viewer.key).expect(200);
    expect(body.count).toBe(3);
    expect(body.results[0]).toEqual({
      id: expect.any(String),
      location_id: id,
      user_id: people.admin.account.id,
      role: 'admin',
      joined_at: expect.stringMatching(/Z$/),
      display_name: 'Person',
      email: people.admin.account.email,
    });
  });

  it('keeps one administrator, however they try to go', async () => {
    const { id, people } = await household();
    const url = `/locations/${id}/members/${people.admin.account.id}`;
    await app.call('delete', url, people.admin.key).expect(422);
    await app.call('put', `${url}/role`, people.admin.key).send({ role: 'member' }).expect(422);
    const same = await app.call('put', `${url}/role`, people.admin.key).send({ role: 'admin' }).expect(200);
    expect(same.body.message).toContain('unchanged');
    await app.call('put', `${url}/role`, people.admin.key).send({ role: 'owner' }).expect(422);
    await app.call('delete', `/locations/${id}/members/unknown`, people.admin.key).expect(404);
  });

  it('keeps one of two administrators who leave at the same moment', async () => {
    for (let round = 0; round < 3; round++) {
      const { id, people } = await household();
      const { admin, member } = people;
      const url = (who: Person) => `/locations/${id}/members/${who.account.id}`;
      await app
        .call('put', `${url(member)}/role`, admin.key)
        .send({ role: 'admin' })
        .expect(200);
      const answers = await Promise.all([admin, member].map((who) => app.call('delete', url(who), who.key)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
      expect(await app.db.membership.count({ where: { locationId: id, role: 'ADMIN' } })).toBe(1);
    }
  });

  it('gives an administrator a token that sets a member’s password, once, and proves no address', async () => {
    const { id, people } = await household();
    const target = people.member.account;
    // As a household sets up an account for a member (section C, rule 3).
    await app.db.account.update({
      where: { id: target.id },
      data: { emailVerifiedAt: null, firstProvenAt: null, origin: 'HOUSEHOLD' },
    });
    await app.db.apiKey.deleteMany({ where: { accountId: target.id } });
    const url = `/locations/${id}/members/${target.id}/reset-password`;
    const { body } = await app.call('post', url, people.admin.key).expect(200);
    expect(Object.keys(body).sort()).toEqual(['expiresAt', 'token']);
    const minutes = (new Date(body.expiresAt).getTime() - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(118);
    expect(minutes).toBeLessThanOrEqual(120);
    const reset = () =>
      app.call('post', '/auth/reset-password').send({ token: body.token, newPassword: 'Another1word' });
    await app
      .call('post', '/auth/reset-password')
      .send({ token: body.token, newPassword: 'weak' })
      .expect(422);
    await reset().expect(200);
    await reset().expect(401);
    await app.call('post', '/auth/login').send({ email: target.email, password: 'Another1word' }).expect(200);
    const row = await app.db.account.findUniqueOrThrow({ where: { id: target.id } });
    expect(row.emailVerifiedAt).toBeNull();
    const own = `/locations/${id}/members/${people.admin.account.id}/reset-password`;
    await app.call('post', own, people.admin.key).expect(422);
    await app.call('post', `/locations/${id}/members/unknown/reset-password`, people.admin.key).expect(404);
  });

  it('gives nobody a token for an administrator of the server', async () => {
    const { id, people } = await household();
    await app.db.account.update({ where: { id: people.member.account.id }, data: { administrator: true } });
    const url = `/locations/${id}/members/${people.member.account.id}/reset-password`;
    await app.call('post', url, people.admin.key).expect(403);
  });
});
