import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BinBody, useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();
let admin: Person;
let member: Person;
let viewer: Person;
let stranger: Person;
beforeAll(async () => {
  ({ admin, member, viewer, stranger } = home);
});
beforeEach(async () => {
  await home.db.binPin.deleteMany();
});

const pin = (id: string, as = admin) => home.call('post', `/bins/${id}/pin`, as.key);
const unpin = (id: string, as = admin) => home.call('delete', `/bins/${id}/pin`, as.key);
const reorder = (input: object, as = admin) => home.call('put', '/bins/pinned/reorder', as.key).send(input);
const list = (as = admin, query = `location_id=${home.locationId}`) =>
  home.call('get', `/bins/pinned?${query}`, as.key);
const pinned = async (as = admin, query?: string) =>
  ((await list(as, query).expect(200)).body.results as BinBody[]).map(({ id }) => id);
const bins = (count: number) => Promise.all(Array.from({ length: count }, () => home.bin()));

describe('pins (10.7)', () => {
  it('are listed in their order, each person’s own, with everything in the bins', async () => {
    const [a, b, c] = [await home.bin({ items: ['x'] }), await home.bin(), await home.bin()];
    for (const { id } of [b, a]) expect((await pin(id).expect(200)).body).toEqual({ pinned: true });
    await pin(c.id, member).expect(200);
    const { body } = await list().expect(200);
    expect(body).toEqual({ results: [b, a].map((bin) => ({ ...bin, is_pinned: 1 })), count: 2 });
    expect(await pinned(member)).toEqual([c.id]);
    expect((await home.call('get', `/bins/${a.id}`, member.key)).body.is_pinned).toBe(0);
    expect(await home.actions(a.id)).toEqual([['create', null]]);
  });

  it('are told by what reads and changes a bin, and by nothing else (10.1)', async () => {
    const { locationId } = home;
    const bin = await home.bin({ name: 'Pinned' });
    await pin(bin.id).expect(200);
    const asked = async (method: 'get' | 'put' | 'post', path: string, input?: object) =>
      (await home.call(method, path, admin.key).send(input)).body;
    for (const body of [
      await asked('get', `/bins/${bin.id}`),
      await asked('get', `/bins/lookup/${bin.short_code}`),
      await asked('put', `/bins/${bin.id}`, { notes: 'n' }),
      await asked('post', `/bins/${bin.id}/change-code`, { code: 'PINNED' }),
      (await asked('get', `/bins?location_id=${locationId}&q=pinned`)).results[0],
      (await asked('get', `/bins/pinned?location_id=${locationId}`)).results[0],
    ]) {
      expect([body.id, body.is_pinned]).toEqual([bin.id, 1]);
    }
    const { body: copy } = await home.call('post', `/bins/${bin.id}/duplicate`, admin.key).expect(201);
    const { body: gone } = await home.call('delete', `/bins/${bin.id}`, admin.key).expect(200);
    const [trashed] = (await asked('get', `/bins/trash?location_id=${locationId}`)).results;
    const back = await asked('post', `/bins/${bin.id}/restore`);
    const { id: garage } = await home.location(admin, 'Garage');
    const moved = await asked('post', `/bins/${bin.id}/move`, { locationId: garage });
    for (const body of [copy, gone, trashed, back, moved]) {
      expect(body).toHaveProperty('short_code');
      expect(body).not.toHaveProperty('is_pinned');
    }
    expect((await asked('get', `/bins/${copy.id}`)).is_pinned).toBe(0);
    expect((await asked('get', `/bins/${bin.id}`)).is_pinned).toBe(1);
  });

  it('are for members; taking one off is not checked', async () => {
    const bin = await home.bin();
    const hidden = await home.bin({ visibility: 'private' }, member);
    await pin(bin.id, stranger).expect(404);
    await pin(bin.id, viewer).expect(403);
    await pin(hidden.id).expect(404);
    await pin('unknown').expect(404);
    await pin(bin.id, member).expect(200);
    for (const who of [admin, viewer, stranger]) {
      for (const id of [bin.id, hidden.id, 'unknown'])
        expect((await unpin(id, who).expect(200)).body).toEqual({ pinned: false });
    }
    expect(await pinned(member)).toEqual([bin.id]);
    await unpin(bin.id, member).expect(200);
    expect(await pinned(member)).toEqual([]);
  });

  it('stay where they are when a bin is pinned again', async () => {
    const [a, b] = [await home.bin(), await home.bin()];
    for (const { id } of [a, b, a]) await pin(id).expect(200);
    expect(await pinned()).toEqual([a.id, b.id]);
  });

  it('are lost sight of with the bin: in the trash, private, elsewhere', async () => {
    const bin = await home.bin({}, member);
    await pin(bin.id).expect(200);
    await home.trash(bin.id);
    expect(await pinned()).toEqual([]);
    await pin(bin.id).expect(404);
    await home.call('post', `/bins/${bin.id}/restore`, admin.key).expect(200);
    expect(await pinned()).toEqual([bin.id]);
    await home.call('put', `/bins/${bin.id}`, member.key).send({ visibility: 'private' }).expect(200);
    expect(await pinned()).toEqual([]);
  });

  it('need a location, by either name, that one belongs to', async () => {
    expect(await pinned(viewer, `locationId=${home.locationId}`)).toEqual([]);
    await list(stranger).expect(403);
    for (const query of ['', 'locationId=']) {
      const { status, body } = await list(admin, query);
      expect([status, body.message]).toEqual([422, expect.stringContaining('location_id')]);
    }
  });
});

describe('the limit of 20 pins a person and location', () => {
  it('holds when 25 come at once', async () => {
    const answers = await Promise.all((await bins(25)).map(({ id }) => pin(id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    const refused = answers.filter(({ status }) => status === 422);
    expect(refused.map(({ body }) => body.error)).toEqual(
      Array.from({ length: 5 }, () => 'VALIDATION_ERROR'),
    );
    expect(await home.db.binPin.count()).toBe(20);
    const order = await home.db.binPin.findMany({ orderBy: { position: 'asc' } });
    expect(order.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });

  it('counts what is pinned and seen: not other people’s, other places’ or the trash’s', async () => {
    const many = await bins(21);
    const [first, ...rest] = many as [BinBody, ...BinBody[]];
    for (const { id } of rest) await pin(id).expect(200);
    await pin(first.id).expect(422);
    await pin(rest[0]?.id ?? '').expect(200);
    await pin(first.id, member).expect(200);
    const { id: garage } = await home.location(admin, 'Garage');
    await pin((await home.bin({ locationId: garage })).id).expect(200);
    await home.trash(rest[0]?.id ?? '');
    await pin(first.id).expect(200);
    await unpin(first.id).expect(200);
    await pin(first.id).expect(200);
    await pin((await home.bin()).id).expect(422);
  });

  it('is no reason to search again: pins leave the version of the search alone', async () => {
    const bin = await home.bin();
    const version = async () =>
      (await home.db.location.findUniqueOrThrow({ where: { id: home.locationId } })).lockSequence;
    const before = await version();
    await pin(bin.id).expect(200);
    expect(await version()).toBe(before);
  });
});

describe('PUT /bins/pinned/reorder (10.7)', () => {
  it('gives each pin its place in the list; what is not pinned does not matter', async () => {
    const [a, b, c] = (await bins(3)).map(({ id }) => id) as [string, string, string];
    for (const id of [a, b, c]) await pin(id).expect(200);
    await pin(a, member).expect(200);
    const { body } = await reorder({ binIds: [c, 'unknown', a, c, b] }).expect(200);
    expect(body).toEqual({ success: true });
    expect(await pinned()).toEqual([c, a, b]);
    await reorder({ bin_ids: [b, a, c] }).expect(200);
    expect(await pinned()).toEqual([b, a, c]);
    await reorder({ binIds: [a] }, stranger).expect(200);
    expect(await pinned()).toEqual([b, a, c]);
    const other = await home.bin();
    await reorder({ binIds: [other.id, a, b, c] }).expect(200);
    expect(await pinned()).toEqual([a, b, c]);
  });

  it.each([
    {},
    { binIds: [] },
    { binIds: 'x' },
    { binIds: null },
    { binIds: [5] },
    { binIds: Array.from({ length: 1001 }, (_, at) => `${at}`) },
  ])('refuses %j', async (input) => {
    const { status, body } = await reorder(input);
    expect([status, body.message]).toEqual([422, expect.stringContaining('binIds')]);
  });

  it('leaves one of the orders when many come at once', async () => {
    const ids = (await bins(6)).map(({ id }) => id);
    for (const id of ids) await pin(id).expect(200);
    const orders = ids.map((_, at) => [...ids.slice(at), ...ids.slice(0, at)]);
    const answers = await Promise.all([...orders, ...orders].map((binIds) => reorder({ binIds })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(orders).toContainEqual(await pinned());
  });
});
