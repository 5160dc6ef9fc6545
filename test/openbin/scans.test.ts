import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();
let admin: Person;
beforeAll(async () => {
  ({ admin } = home);
});
beforeEach(async () => {
  await home.db.binScan.deleteMany();
});

const scan = (input: object, as = admin) => home.call('post', '/scan-history', as.key).send(input);
const history = (query = '', as = admin) => home.call('get', `/scan-history${query}`, as.key);
const scanned = async (query = '', as = admin) =>
  ((await history(query, as).expect(200)).body.results as { bin_id: string }[]).map(({ bin_id }) => bin_id);

/** So many bins that the administrator scanned, the last one a second ago. */
async function scans(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at++) ids.push((await home.bin()).id);
  await home.db.binScan.createMany({
    data: ids.map((binId, at) => ({
      id: newId(),
      binId,
      accountId: admin.account.id,
      scannedAt: new Date(Date.now() - (count - at) * 1000),
    })),
  });
  return ids;
}

describe('the scan history (21)', () => {
  it('has one row a bin, the last one first; a second scan moves it up', async () => {
    const [a, b] = [await home.bin(), await home.bin()];
    expect((await scan({ binId: a.id }).expect(201)).body).toEqual({ ok: true });
    await scan({ bin_id: b.id }).expect(201);
    const { body } = await history().expect(200);
    expect(body).toEqual({
      results: [b, a].map(({ id }) => ({
        id: expect.any(String),
        bin_id: id,
        scanned_at: expect.stringMatching(/Z$/),
      })),
      count: 2,
    });
    await scan({ binId: a.id }).expect(201);
    expect(await scanned()).toEqual([a.id, b.id]);
    expect((await history()).body.results[0].id).toBe(body.results[1].id);
  });

  it('is each person’s own, viewers’ too, and is cleared alone', async () => {
    const bin = await home.bin();
    await scan({ binId: bin.id }).expect(201);
    await scan({ binId: bin.id }, home.viewer).expect(201);
    const { body } = await home.call('delete', '/scan-history', admin.key).expect(204);
    expect(body).toEqual({});
    expect(await scanned()).toEqual([]);
    expect(await scanned('', home.viewer)).toEqual([bin.id]);
    await home.call('delete', '/scan-history', admin.key).expect(204);
  });

  it('takes only bins that one may see', async () => {
    const bin = await home.bin();
    const hidden = await home.bin({ visibility: 'private' });
    await scan({ binId: 'unknown' }).expect(404);
    await scan({ binId: bin.id }, home.stranger).expect(404);
    await scan({ binId: hidden.id }, home.member).expect(404);
    await home.trash(bin.id);
    await scan({ binId: bin.id }).expect(404);
    for (const input of [{}, { binId: '' }, { binId: 5 }, { bin_id: null }]) {
      const { status, body } = await scan(input);
      expect([status, body.message]).toEqual([422, expect.stringContaining('binId')]);
    }
    expect(await home.db.binScan.count()).toBe(0);
  });

  it('tells only of bins that one may still see, in rows and in count', async () => {
    const [other, hidden, trashed] = [await home.bin(), await home.bin(), await home.bin()];
    const set = (visibility: string) =>
      home.call('put', `/bins/${hidden.id}`, admin.key).send({ visibility }).expect(200);
    for (const { id } of [other, hidden, trashed])
      for (const as of [home.member, admin]) await scan({ binId: id }, as).expect(201);
    await home.trash(trashed.id);
    await set('private');
    const shown = async (as: Person) => {
      const { results, count } = (await history('?limit=50', as).expect(200)).body;
      expect(count).toBe(results.length);
      return results.map(({ bin_id: id }: { bin_id: string }) => id);
    };
    expect(await shown(home.member)).toEqual([trashed.id, other.id]);
    expect(await shown(admin)).toEqual([trashed.id, hidden.id, other.id]);
    await home.trash(hidden.id);
    expect(await shown(home.member)).toEqual([trashed.id, other.id]);
    expect(await shown(admin)).toEqual([trashed.id, hidden.id, other.id]);
    await home.call('post', `/bins/${hidden.id}/restore`, admin.key).expect(200);
    await set('location');
    expect(await shown(home.member)).toEqual([trashed.id, hidden.id, other.id]);
  });

  it('tells nothing of a location that one has left, until one comes back', async () => {
    const who = await home.person();
    await home.belong(who, home.locationId, 'MEMBER');
    const bin = await home.bin();
    await scan({ binId: bin.id }, who).expect(201);
    await home.call('delete', `/locations/${home.locationId}/members/${who.account.id}`, who.key).expect(200);
    expect((await history('?limit=5', who).expect(200)).body).toEqual({ results: [], count: 0 });
    await home.belong(who, home.locationId, 'MEMBER');
    expect(await scanned('', who)).toEqual([bin.id]);
  });

  it('gives 20 unless asked for up to 100; the count is the total when a limit is given (S3)', async () => {
    const ids = (await scans(23)).reverse();
    const { body } = await history().expect(200);
    expect([body.results.length, body.count]).toEqual([20, 20]);
    expect(await scanned()).toEqual(ids.slice(0, 20));
    for (const [limit, rows] of [
      ['5', 5],
      ['0', 1],
      ['1000', 23],
      ['x', 20],
    ] as const) {
      const { results, count } = (await history(`?limit=${limit}`).expect(200)).body;
      expect([results.length, count]).toEqual([rows, 23]);
    }
  });

  it('keeps the newest 100, also when many scan at once', { timeout: 60_000 }, async () => {
    const ids = await scans(100);
    const fresh = await Promise.all(Array.from({ length: 6 }, () => home.bin()));
    const answers = await Promise.all(fresh.map(({ id }) => scan({ binId: id })));
    expect(answers.map(({ status }) => status)).toEqual(fresh.map(() => 201));
    const kept = await scanned('?limit=100');
    expect(kept.slice(0, 6).sort()).toEqual(fresh.map(({ id }) => id).sort());
    expect(kept.slice(6)).toEqual(ids.slice(6).reverse());
    expect(await home.db.binScan.count()).toBe(100);
  });

  it('has one row after many scans of one bin at once', async () => {
    const bin = await home.bin();
    const answers = await Promise.all(Array.from({ length: 6 }, () => scan({ binId: bin.id })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(await scanned()).toEqual([bin.id]);
  });
});
