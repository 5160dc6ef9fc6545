import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { vpnServices } from '../../src/graph/vpn/vpnServices.ts';
import { useApp } from '../support/app.ts';
import { dataOf, expectError, makeNode, makePassword, makePerson, type Person } from './support.ts';

const app = useApp();
let ann: Person;
beforeAll(async () => {
  ann = await makePerson(app);
});
afterEach(() => vi.useRealTimers());

type Totals = { id: number; upload_transfer: number; download_transfer: number };
const beat = async (id: number, body: object = {}) => dataOf(await ann.post(`/nodes/${id}/heartbeat/`, body));
const report = (id: number, ...passwords: Totals[]) => beat(id, { passwords });
const totals = (id: number, upload_transfer: number, download_transfer = 0) => ({
  id,
  upload_transfer,
  download_transfer,
});
const read = async (node: number, id: number) => dataOf(await ann.get(`/nodes/${node}/passwords/${id}/`));
const transfer = async (node: number, id: number) => {
  const { upload_transfer, download_transfer } = await read(node, id);
  return [upload_transfer, download_transfer];
};
const acceptedIds = async (node: number) =>
  (await beat(node)).results.map(({ id }: { id: number }) => id) as number[];
const history = async (node: number) => dataOf(await ann.get(`/nodes/${node}/heartbeats/`));
/** Only the clock stands still; timers and sockets go on. */
const at = (moment: string) => vi.useFakeTimers({ toFake: ['Date'], now: new Date(moment) });

describe('POST /nodes/{id}/heartbeat/', () => {
  it('stores what it reports and keeps what it does not', async () => {
    const { id } = await makeNode(ann);
    await beat(id, { bandwidth: 12.5, bandwidth_used_m: 300.25, instance_status: 2, passwords: [] });
    expect(dataOf(await ann.get(`/nodes/${id}/`))).toMatchObject({
      bandwidth: 12.5,
      bandwidth_used_m: 300.25,
      instance_status: 2,
    });
    await beat(id, { bandwidth: 7, future_field: 1 });
    expect(dataOf(await ann.get(`/nodes/${id}/`))).toMatchObject({
      bandwidth: 7,
      bandwidth_used_m: 300.25,
      instance_status: 2,
    });
  });

  it.each([
    [{ bandwidth: -1 }, 'bandwidth: must be 0 or more'],
    [{ bandwidth: 'fast' }, 'bandwidth: must be a number'],
    [{ bandwidth: 1.7e308 }, 'bandwidth: must be at most 1000000000000000'],
    [{ bandwidth_used_m: 1e300 }, 'bandwidth_used_m: must be at most 1000000000000000'],
    [{ passwords: [1] }, 'passwords.0: must be an object'],
    [{ bandwidth_used_m: null }, 'bandwidth_used_m: must be a number'],
    [{ instance_status: 1.5 }, 'instance_status: must be a whole number'],
    [{ instance_status: -2 }, 'instance_status: must be -1 or more'],
    [{ instance_status: 2 ** 31 }, 'instance_status: must be below 2147483648'],
    [{ passwords: {} }, 'passwords: must be a list'],
    [{ passwords: [{ upload_transfer: 1, download_transfer: 1 }] }, 'passwords.0.id: is required'],
    [{ passwords: [totals(1, -1)] }, 'passwords.0.upload_transfer: must be 0 or more'],
    [{ passwords: [totals(1, 0, 0.5)] }, 'passwords.0.download_transfer: must be a whole number of bytes'],
    [{ passwords: [totals(1, 2 ** 60)] }, /^passwords\.0\.upload_transfer: /],
    [{ passwords: [totals(2 ** 31, 1)] }, 'passwords.0.id: must be an id'],
    [{ passwords: Array(1001).fill(totals(1, 1)) }, 'passwords: must have at most 1000 entries'],
    [[], 'The request body is not the JSON that this operation takes.'],
  ])('answers 400 to %j and stores nothing', async (body, message) => {
    const { id } = await makeNode(ann);
    expectError(await ann.post(`/nodes/${id}/heartbeat/`, body), 400, message);
    expect(await history(id)).toEqual({ count: 0, results: [] });
  });

  it('answers exactly the passwords that may connect now', async () => {
    const { id } = await makeNode(ann);
    const plain = await makePassword(ann, id, { name: 'plain', password: 'p@ss wörd', bandwidth_limit: 50 });
    const later = await makePassword(ann, id, { expire_in: 3600 });
    await makePassword(ann, id, { expire_time: '2020-01-01 00:00:00' });
    const off = await makePassword(ann, id);
    dataOf(await ann.patch(`/nodes/${id}/passwords/${off.id}/`, { is_active: false }));
    const limited = await makePassword(ann, id, { transfer_limit: 1 });
    const answer = await beat(id);
    expect(answer).toEqual({
      count: 3,
      results: [
        { id: plain.id, name: 'plain', password: 'p@ss wörd', bandwidth_limit: 50, expire_time: null },
        expect.objectContaining({ id: later.id, password: later.password, expire_time: later.expire_time }),
        expect.objectContaining({ id: limited.id }),
      ],
    });
    // 1 GB is 10^9 bytes, up and down together.
    const used = await report(id, totals(limited.id, 400_000_000, 599_999_999));
    expect(used.results).toHaveLength(3);
    const over = await report(id, totals(limited.id, 400_000_001, 599_999_999));
    expect(over.results.map((row: { id: number }) => row.id)).toEqual([plain.id, later.id]);
    dataOf(await ann.patch(`/nodes/${id}/passwords/${off.id}/`, { is_active: true }));
    await ann.delete(`/nodes/${id}/passwords/${plain.id}/`);
    expect(await acceptedIds(id)).toEqual([later.id, off.id]);
  });

  it('answers none while the node is disabled or expired', async () => {
    const { id } = await makeNode(ann);
    const { id: password } = await makePassword(ann, id);
    await ann.put(`/nodes/${id}/status/`, { status: 4 });
    expect(await acceptedIds(id)).toEqual([]);
    await ann.put(`/nodes/${id}/status/`, { status: 9 });
    expect(await acceptedIds(id)).toEqual([password]);
    await ann.patch(`/nodes/${id}/`, { expire_time: '2020-01-01 00:00:00' });
    expect(await acceptedIds(id)).toEqual([]);
  });
});

describe('running totals', () => {
  it('never go down', async () => {
    const { id } = await makeNode(ann);
    const password = await makePassword(ann, id);
    for (const [up, down] of [
      [100, 200],
      [50, 300],
      [0, 0],
      [70, 10],
    ] as const) {
      await report(id, totals(password.id, up, down));
    }
    expect(await transfer(id, password.id)).toEqual([100, 300]);
    await report(id, totals(password.id, 1, 1), totals(password.id, 900, 2), totals(password.id, 3, 4));
    expect(await transfer(id, password.id)).toEqual([900, 300]);
    await report(id, totals(password.id, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER));
    expect(await transfer(id, password.id)).toEqual([Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
  });

  it('are the largest of what comes together, and every heartbeat is counted', async () => {
    const nodes = await Promise.all(Array.from({ length: 5 }, () => makeNode(ann)));
    const passwords = await Promise.all(nodes.map(({ id }) => makePassword(ann, id)));
    await Promise.all(
      Array.from({ length: 100 }, (_, i) => {
        const which = i % nodes.length;
        return report(nodes[which].id, totals(passwords[which].id, (i * 37) % 100, (i * 61) % 100));
      }),
    );
    for (const [which, { id }] of nodes.entries()) {
      const own = Array.from({ length: 20 }, (_, i) => i * nodes.length + which);
      const largest = (factor: number) => Math.max(...own.map((i) => (i * factor) % 100));
      expect(await transfer(id, passwords[which].id)).toEqual([largest(37), largest(61)]);
      const counts = (await history(id)).results.map(({ count }: { count: number }) => count);
      expect(counts.reduce((a: number, b: number) => a + b)).toBe(20);
    }
  });

  it('of another node’s password are passed over', async () => {
    const mine = await makeNode(ann);
    const bob = await makePerson(app);
    const theirs = await makeNode(bob);
    const password = await makePassword(bob, theirs.id);
    await report(mine.id, totals(password.id, 5_000_000_000), totals(2_000_000_000, 5));
    const { upload_transfer } = dataOf(await bob.get(`/nodes/${theirs.id}/passwords/${password.id}/`));
    expect(upload_transfer).toBe(0);
  });

  it('count from 0 again after a reset, and go on from where the agent is', async () => {
    const { id } = await makeNode(ann);
    const password = await makePassword(ann, id, { transfer_limit: 1 });
    await report(id, totals(password.id, 800_000_000, 300_000_000));
    expect(await acceptedIds(id)).toEqual([]);
    const reset = dataOf(await ann.patch(`/nodes/${id}/passwords/${password.id}/`, { reset_transfer: true }));
    expect(reset).toMatchObject({ upload_transfer: 0, download_transfer: 0 });
    expect(await acceptedIds(id)).toEqual([password.id]);
    await report(id, totals(password.id, 800_000_500, 300_000_070));
    expect(await transfer(id, password.id)).toEqual([500, 70]);
  });

  it('start anew on the first day of a month, UTC, for a monthly limit only', async () => {
    at('2030-01-31T23:59:00Z');
    const { id } = await makeNode(ann);
    const monthly = await makePassword(ann, id, { transfer_limit: 1, transfer_is_monthly: true });
    const forEver = await makePassword(ann, id, { transfer_limit: 1 });
    await report(id, totals(monthly.id, 1_500_000_000), totals(forEver.id, 1_500_000_000));
    expect(await acceptedIds(id)).toEqual([]);
    at('2030-01-31T23:59:59Z');
    expect(await acceptedIds(id)).toEqual([]);
    at('2030-02-01T00:00:00Z');
    expect(await transfer(id, monthly.id)).toEqual([0, 0]);
    expect(await transfer(id, forEver.id)).toEqual([1_500_000_000, 0]);
    expect(await acceptedIds(id)).toEqual([monthly.id]);
    await report(id, totals(monthly.id, 1_500_000_900));
    expect(await transfer(id, monthly.id)).toEqual([900, 0]);
    at('2030-02-20T00:00:00Z');
    await report(id, totals(monthly.id, 1_500_001_000));
    expect(await transfer(id, monthly.id)).toEqual([1000, 0]);
    // Two months without a word from the agent.
    at('2030-05-02T00:00:00Z');
    expect(await transfer(id, monthly.id)).toEqual([0, 0]);
    dataOf(await ann.patch(`/nodes/${id}/passwords/${monthly.id}/`, { transfer_is_monthly: false }));
    expect(await transfer(id, monthly.id)).toEqual([1_500_001_000, 0]);
  });
});

describe('GET /nodes/{id}/heartbeats/', () => {
  it('shows the last 24 hours in buckets of five minutes with the mean of the bandwidth', async () => {
    const { id } = await makeNode(ann);
    at('2030-01-01T10:02:00Z');
    await beat(id, { bandwidth: 99 });
    at('2030-01-02T10:01:00Z');
    await beat(id, { bandwidth: 10 });
    at('2030-01-02T10:04:59Z');
    await beat(id, { bandwidth: 20 });
    await beat(id);
    at('2030-01-02T10:05:00Z');
    await beat(id, { bandwidth: 1 });
    expect(await history(id)).toEqual({
      count: 2,
      results: [
        { time: '2030-01-02 10:00:00', count: 3, bandwidth: expect.closeTo(50 / 3) },
        { time: '2030-01-02 10:05:00', count: 1, bandwidth: 1 },
      ],
    });
    // What is older is not kept.
    expect(await app.db.vpnHeartbeatBucket.count({ where: { nodeId: id } })).toBe(2);
    at('2030-01-03T10:04:59Z');
    expect((await history(id)).results).toEqual([{ time: '2030-01-02 10:05:00', count: 1, bandwidth: 1 }]);
  });
});

describe('heartbeats that come together', () => {
  const record = (nodeId: number, bandwidth = 1) =>
    vpnServices(app).heartbeats.record({
      nodeId,
      accountId: ann.account.id,
      organizationId: undefined,
      bandwidth,
      bandwidthUsedM: undefined,
      instanceStatus: undefined,
      totals: [],
    });

  it('share their statements', async () => {
    // The first one of five minutes has a statement more: none may begin in the midst of this.
    at(new Date().toISOString());
    const nodes = await Promise.all(Array.from({ length: 20 }, () => makeNode(ann)));
    for (const { id } of nodes) {
      await makePassword(ann, id);
      await beat(id);
    }
    const one = await app.statements(() => record(nodes[0].id));
    const twenty = await app.statements(() => Promise.all(nodes.map(({ id }) => record(id))));
    expect(one.length).toBeLessThanOrEqual(4);
    expect(twenty).toEqual(one);
  });

  it('fail alone', async () => {
    const good = await makeNode(ann);
    const [missing, fine, foreign] = await Promise.all([
      ann.post('/nodes/2147483647/heartbeat/', {}),
      ann.post(`/nodes/${good.id}/heartbeat/`, { bandwidth: 3 }),
      (await makePerson(app)).post(`/nodes/${good.id}/heartbeat/`, { bandwidth: 4 }),
    ]);
    expectError(missing, 404);
    expectError(foreign, 404);
    dataOf(fine);
    expect(dataOf(await ann.get(`/nodes/${good.id}/`)).bandwidth).toBe(3);
  });

  it('fail alone also when one of them breaks the transaction', async () => {
    const [good, bad] = [await makeNode(ann), await makeNode(ann)];
    // JSON makes null of it, and the column takes none.
    const outcome = await Promise.allSettled([record(good.id, 8), record(bad.id, Number.NaN)]);
    expect(outcome.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(dataOf(await ann.get(`/nodes/${good.id}/`)).bandwidth).toBe(8);
    expect(await history(bad.id)).toEqual({ count: 0, results: [] });
  });

  it('with a password that does not open spoil their own node’s answer only', async () => {
    const [good, bad] = [await makeNode(ann), await makeNode(ann)];
    const moved = await makePassword(ann, good.id);
    const { id } = await makePassword(ann, bad.id);
    const { sealed } = await app.db.vpnPassword.findUniqueOrThrow({ where: { id: moved.id } });
    await app.db.vpnPassword.update({ where: { id }, data: { sealed } });
    const [fine, spoilt] = await Promise.all([
      ann.post(`/nodes/${good.id}/heartbeat/`, {}),
      ann.post(`/nodes/${bad.id}/heartbeat/`, {}),
    ]);
    expect(dataOf(fine).results).toHaveLength(1);
    expectError(spoilt, 500, 'Something went wrong on the server.');
  });
});
