import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { allCollisions, normaliseAllTexts } from '../../src/graph/storedTexts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

/** Rows as an older version wrote them, in each table; answers what a test looks at. */
async function olderRows({ db, makeAccount }: TestApp) {
  const account = await makeAccount({ email: 'old@bu\u0308cher.example', name: 'Rene\u0301' });
  const locationId = newId();
  await db.location.create({ data: { id: locationId, name: 'Cafe\u0301\u200b', inviteCode: newId() } });
  const inLocation = { locationId, name: 'e\u0301\u200b' };
  const area = await db.area.create({ data: { ...inLocation, id: newId() } });
  const field = await db.customField.create({ data: { ...inLocation, id: newId(), position: 0 } });
  const keyed = { ...inLocation, id: newId(), nameKey: 'e\u0301\u200b' };
  const bin = await db.bin.create({ data: { ...keyed, shortCode: 'ABCDEF' } });
  const item = await db.binItem.create({ data: { ...keyed, id: newId(), binId: bin.id, position: 0 } });
  await db.binTag.create({ data: { binId: bin.id, name: 'te\u0301', position: 0 } });
  await db.tagStyle.create({ data: { id: newId(), locationId, tag: 'te\u0301', parentTag: 'pe\u0300re' } });
  const organization = await db.organization.create({
    data: { ownerId: account.id, name: 'e\u0301', contactEmail: 'old@bu\u0308cher.example' },
  });
  const node = { organizationId: organization.id, name: 'e\u0301', searchText: 'e\u0301\nx.example' };
  const { id: nodeId } = await db.vpnNode.create({
    data: { ...node, ip: '192.0.2.1', host: 'x.example', port: 443, country: 'de' },
  });
  return { account, locationId, area, field, bin, item, organization, nodeId };
}

describe('The texts of an older version', () => {
  it('are normalised in all tables, once, without a change of what else is in the rows', async () => {
    const app = await startTestApp();
    try {
      const { db, services } = app;
      const old = await olderRows(app);
      await normaliseAllTexts(services);
      const id = (row: { id: string }) => ({ where: { id: row.id } });
      expect(await db.account.findUnique(id(old.account))).toMatchObject({
        email: 'old@xn--bcher-kva.example',
        name: 'Ren\u00e9',
      });
      expect((await db.location.findUnique({ where: { id: old.locationId } }))?.name).toBe('Caf\u00e9');
      expect(await db.area.findUnique(id(old.area))).toEqual({ ...old.area, name: 'é' });
      expect(await db.customField.findUnique(id(old.field))).toEqual({ ...old.field, name: 'é' });
      expect(await db.bin.findUnique(id(old.bin))).toEqual({ ...old.bin, name: 'é', nameKey: 'é' });
      expect(await db.binItem.findUnique(id(old.item))).toEqual({ ...old.item, name: 'é', nameKey: 'é' });
      expect(await db.binTag.findMany()).toMatchObject([{ name: 'té' }]);
      expect(await db.tagStyle.findMany()).toMatchObject([{ tag: 'té', parentTag: 'père' }]);
      expect(await db.organization.findMany()).toMatchObject([
        { name: 'é', contactEmail: 'old@xn--bcher-kva.example' },
      ]);
      expect(await db.vpnNode.findUnique({ where: { id: old.nodeId } })).toMatchObject({
        name: 'é',
        searchText: 'é\nx.example',
      });
      const again = await app.statements(() => normaliseAllTexts(services));
      expect(again).toHaveLength(1);
    } finally {
      await app.stop();
    }
  });

  it('stay where two would become the same, which is listed and merges nothing', async () => {
    const app = await startTestApp();
    try {
      const { db, services } = app;
      const first = await app.makeAccount({ email: 'a@bücher.example' });
      const second = await app.makeAccount({ email: 'a@xn--bcher-kva.example' });
      const hidden = await app.makeAccount({ email: 'b@example.com\u200b' });
      const plain = await app.makeAccount({ email: 'b@example.com' });
      const { locationId, area } = await olderRows(app);
      const twin = await db.area.create({ data: { id: newId(), locationId, name: 'é' } });
      const fields = ['x', 'x\u200b', 'y'].map((name, position) => ({
        id: newId(),
        locationId,
        name,
        position,
      }));
      await db.customField.createMany({ data: fields });
      const before = { accounts: await db.account.count(), areas: await db.area.count() };
      await Promise.all([normaliseAllTexts(services), normaliseAllTexts(services)]);
      expect({ accounts: await db.account.count(), areas: await db.area.count() }).toEqual(before);
      const emails = await db.account.findMany({ where: { id: { in: [first.id, hidden.id] } } });
      expect(emails.map(({ email }) => email).sort()).toEqual(['a@bücher.example', 'b@example.com\u200b']);
      const listed = await allCollisions(db);
      expect(listed.map(({ kind, rows }) => [kind, rows.map(({ id }) => id).sort()])).toEqual([
        ['accounts', [first.id, second.id].sort()],
        ['accounts', [hidden.id, plain.id].sort()],
        ['areas', [area.id, twin.id].sort()],
        ['custom fields', [fields[0]?.id, fields[1]?.id].sort()],
      ]);
    } finally {
      await app.stop();
    }
  });

  it('are normalised on after a stop, from where it stopped', async () => {
    const app = await startTestApp();
    try {
      const { db, services } = app;
      const locationId = newId();
      await db.location.create({ data: { id: locationId, name: 'Home', inviteCode: newId() } });
      const areas = Array.from({ length: 1200 }, (_, at) => ({
        id: newId(),
        locationId,
        name: `e\u0301 ${at}`,
      }));
      await db.area.createMany({ data: areas });
      const left = () => db.area.count({ where: { name: { startsWith: 'e\u0301' } } });
      let looks = 0;
      await normaliseAllTexts(services, () => ++looks > 700);
      expect(await left()).toBeGreaterThan(400);
      const task = await db.upgradeTask.findFirstOrThrow();
      expect(task).toMatchObject({ progress: { table: 'Area' }, finishedAt: null });
      await normaliseAllTexts(services);
      expect(await left()).toBe(0);
      expect((await db.upgradeTask.findFirstOrThrow()).finishedAt).not.toBeNull();
    } finally {
      await app.stop();
    }
  });
});
