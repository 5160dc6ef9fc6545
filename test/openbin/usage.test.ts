import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();
let admin: Person;
beforeAll(async () => {
  ({ admin } = home);
});
beforeEach(() => prefer(null));

const today = () => new Date().toISOString().slice(0, 10);
const use = (id: string, trigger: unknown, as = admin) =>
  home.call('post', `/bins/${id}/usage`, as.key).send({ trigger });
const usage = (id: string, as = admin) => home.call('get', `/bins/${id}/usage`, as.key);

/** The number of uses in all, once all that is under way was counted. */
async function uses(id: string): Promise<number> {
  await home.services.background.drain();
  const { results } = (await usage(id).expect(200)).body as { results: { count: number }[] };
  return results.reduce((sum, { count }) => sum + count, 0);
}

/** Sets preferences of the administrator; null takes all away. */
async function prefer(preferences: object | null): Promise<void> {
  await home.db.accountSettings.deleteMany({ where: { accountId: admin.account.id } });
  if (preferences) await home.call('put', '/user-preferences', admin.key).send(preferences).expect(200);
}

describe('the usage of a bin (25.4)', () => {
  it('has a row a day in UTC, the last one first', async () => {
    const bin = await home.bin();
    expect((await usage(bin.id, home.viewer).expect(200)).body).toEqual({ results: [], count: 0 });
    await home.db.binUsage.createMany({
      data: ['2024-12-31', '2025-01-01'].map((day) => ({ binId: bin.id, day, count: 4 })),
    });
    expect((await use(bin.id, 'scan').expect(201)).body).toEqual({ ok: true, recorded: true });
    await use(bin.id, 'manual', home.viewer).expect(201);
    expect((await usage(bin.id).expect(200)).body).toEqual({
      results: [
        { date: today(), count: 2 },
        { date: '2025-01-01', count: 4 },
        { date: '2024-12-31', count: 4 },
      ],
      count: 3,
    });
  });

  it('loses no use when many come at once', async () => {
    const bin = await home.bin();
    await Promise.all(Array.from({ length: 12 }, () => use(bin.id, 'scan').expect(201)));
    expect(await uses(bin.id)).toBe(12);
  });

  it('is of bins that one may see, and neither read nor counted for others', async () => {
    const bin = await home.bin();
    const hidden = await home.bin({ visibility: 'private' }, home.member);
    for (const [id, as] of [
      ['unknown', admin],
      [bin.id, home.stranger],
      [hidden.id, admin],
    ] as const) {
      await usage(id, as).expect(404);
      await use(id, 'scan', as).expect(404);
    }
    await home.trash(bin.id);
    await usage(bin.id).expect(404);
    await use(bin.id, 'scan').expect(404);
    expect(await home.db.binUsage.count({ where: { binId: { in: [bin.id, hidden.id] } } })).toBe(0);
  });

  it.each([
    undefined,
    null,
    'view',
    'modify',
    'SCAN',
    5,
    ['scan'],
  ])('refuses the trigger %j', async (trigger) => {
    const bin = await home.bin();
    for (const { status, body } of [await use(bin.id, trigger), await use('unknown', trigger)])
      expect([status, body.message]).toEqual([422, expect.stringContaining('trigger')]);
    expect(await uses(bin.id)).toBe(0);
  });
});

describe('the preferences about usage (19)', () => {
  it.each([
    ['scan', 'usage_tracking_scan'],
    ['manual', 'usage_tracking_manual_lookup'],
  ])('%s counts unless %s is off, which answers 200', async (trigger, preference) => {
    const bin = await home.bin();
    await use(bin.id, trigger).expect(201);
    await prefer({ [preference]: false });
    expect((await use(bin.id, trigger).expect(200)).body).toEqual({ ok: true, recorded: false });
    expect(await uses(bin.id)).toBe(1);
    await use(bin.id, trigger, home.member).expect(201);
    await prefer({ [preference]: true });
    await use(bin.id, trigger).expect(201);
    await prefer({ [preference]: 'off' });
    await use(bin.id, trigger).expect(201);
    expect(await uses(bin.id)).toBe(4);
  });

  it('changing a bin counts unless usage_tracking_modify is off', async () => {
    const bin = await home.bin();
    const change = () => home.call('put', `/bins/${bin.id}`, admin.key).send({ notes: 'n' }).expect(200);
    await change();
    expect(await uses(bin.id)).toBe(1);
    await prefer({ usage_tracking_modify: false });
    await change();
    expect(await uses(bin.id)).toBe(1);
  });

  it('looking at a bin counts only when usage_tracking_view is on, and a bin in the trash never', async () => {
    const bin = await home.bin();
    const look = (status: number) => home.call('get', `/bins/${bin.id}`, admin.key).expect(status);
    await look(200);
    expect(await uses(bin.id)).toBe(0);
    await prefer({ usage_tracking_view: true });
    await look(200);
    expect(await uses(bin.id)).toBe(1);
    await home.trash(bin.id);
    await look(410);
    await home.services.background.drain();
    expect((await home.db.binUsage.findMany({ where: { binId: bin.id } }))[0]?.count).toBe(1);
  });

  it('nothing else counts: not looking it up, listing it, refusals, or what is done in it (10.7)', async () => {
    const bin = await home.bin({ items: ['A'] });
    await prefer({ usage_tracking_view: true });
    const item = bin.items[0]?.id;
    for (const [method, path, body, status] of [
      ['get', `/bins/lookup/${bin.short_code}`, undefined, 200],
      ['get', `/bins?location_id=${home.locationId}`, undefined, 200],
      ['get', `/bins/${bin.id}/checkouts`, undefined, 200],
      ['put', `/bins/${bin.id}`, { name: ' ' }, 422],
      ['put', `/bins/${bin.id}/add-tags`, { tags: ['t'] }, 200],
      ['post', `/bins/${bin.id}/items`, { items: ['B'] }, 201],
      ['patch', `/bins/${bin.id}/items/${item}/quantity`, { quantity: 2 }, 200],
      ['post', `/bins/${bin.id}/items/${item}/checkout`, undefined, 201],
      ['post', `/bins/${bin.id}/pin`, undefined, 200],
      ['post', `/bins/${bin.id}/duplicate`, undefined, 201],
    ] as const) {
      const answer = await home.call(method, path, admin.key).send(body);
      expect([path, answer.status]).toEqual([path, status]);
    }
    await home.call('put', `/bins/${bin.id}`, home.viewer.key).send({ notes: 'n' }).expect(403);
    expect(await uses(bin.id)).toBe(0);
  });
});
