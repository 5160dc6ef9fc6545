import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { statuses, useHousehold } from './household.ts';
import type { Person } from './support.ts';

const home = useHousehold();
let admin: Person;
/** A location that each test begins anew. */
let locationId: string;
beforeAll(async () => {
  ({ admin } = home);
});
beforeEach(async () => {
  ({ id: locationId } = await home.location(admin, 'Fields'));
  await home.belong(home.member, locationId, 'MEMBER');
  await home.belong(home.viewer, locationId, 'VIEWER');
});

const path = (rest = '') => `/locations/${locationId}/custom-fields${rest}`;
const add = (name: unknown, as = admin) => home.call('post', path(), as.key).send({ name });
const added = async (name: string): Promise<string> => (await add(name).expect(201)).body.id;
const change = (id: string, input: object, as = admin) =>
  home.call('put', path(`/${id}`), as.key).send(input);
const reorder = (input: object, as = admin) => home.call('put', path('/reorder'), as.key).send(input);
const remove = (id: string, as = admin) => home.call('delete', path(`/${id}`), as.key);
const list = async (as = admin) => (await home.call('get', path(), as.key).expect(200)).body;
const names = async () => (await list()).results.map(({ name }: { name: string }) => name);

/** What a wrong request gets, and that its answer names the field. */
async function refuses(answer: PromiseLike<{ status: number; body: Record<string, string> }>, field: string) {
  const { status, body } = await answer;
  expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
  expect(body.message).toContain(field);
}

describe('custom fields (11)', () => {
  it('are made at the end, trimmed, and listed as they were made', async () => {
    const rows: { id: string }[] = [];
    for (const name of [' Price ', 'price', 'x'.repeat(100)]) rows.push((await add(name).expect(201)).body);
    expect(rows).toEqual(
      ['Price', 'price', 'x'.repeat(100)].map((name, position) => ({
        id: expect.any(String),
        location_id: locationId,
        name,
        position,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
        updated_at: expect.stringMatching(/Z$/),
      })),
    );
    expect(await list(home.viewer)).toEqual({ results: rows, count: 3 });
    await remove(rows[0]?.id ?? '').expect(204);
    expect((await add('Next').expect(201)).body.position).toBe(3);
  });

  it('are listed by position, and by age where that is the same', async () => {
    const [one, two, three] = [await added('One'), await added('Two'), await added('Three')];
    const { body } = await change(one, { position: 2 }).expect(200);
    expect(body).toMatchObject({ id: one, location_id: locationId, name: 'One', position: 2 });
    expect(await names()).toEqual(['Two', 'One', 'Three']);
    await change(two, { position: 2 }).expect(200);
    expect(await names()).toEqual(['One', 'Two', 'Three']);
    await change(three, { position: 0 }).expect(200);
    expect(await names()).toEqual(['Three', 'One', 'Two']);
  });

  it('change in what is sent alone', async () => {
    await added('First');
    const id = await added('Old');
    const before = (await list()).results[1];
    const { body: renamed } = await change(id, { name: ' New ' }).expect(200);
    expect(renamed).toEqual({ ...before, name: 'New', updated_at: expect.any(String) });
    expect(renamed.updated_at > before.updated_at).toBe(true);
    await change(id, { name: 'New' }).expect(200);
    expect((await change(id, {}).expect(200)).body).toMatchObject({ name: 'New', position: 1 });
    expect((await list()).results[1]).toMatchObject({ name: 'New', position: 1 });
  });

  it.each(['field_ids', 'fieldIds'])('get the places of a list called %s', async (key) => {
    const ids = [await added('One'), await added('Two'), await added('Three')] as const;
    const { body } = await reorder({ [key]: [ids[2], 'unknown', ids[0]] }).expect(200);
    expect(body).toEqual({ success: true });
    await reorder({ [key]: ['unknown'] }).expect(200);
    expect(
      (await list()).results.map(({ name, position }: Record<string, unknown>) => [name, position]),
    ).toEqual([
      ['Three', 0],
      ['Two', 1],
      ['One', 2],
    ]);
    for (const wrong of [[], 'x', null, undefined, {}]) await refuses(reorder({ [key]: wrong }), 'field_ids');
  });

  it('have names of their own in a location', async () => {
    await added('Taken');
    const other = await added('Other');
    for (const answer of [await add(' Taken '), await change(other, { name: 'Taken' })]) {
      expect([answer.status, answer.body.error]).toEqual([409, 'CONFLICT']);
    }
    expect(await names()).toEqual(['Taken', 'Other']);
    const elsewhere = await home.location(admin, 'Elsewhere');
    await home
      .call('post', `/locations/${elsewhere.id}/custom-fields`, admin.key)
      .send({ name: 'Taken' })
      .expect(201);
  });

  it('are one of a name, each in a place of its own, when many are made at once', async () => {
    const same = await Promise.all(Array.from({ length: 4 }, () => add('Same')));
    expect(statuses(same)).toEqual([201, 409, 409, 409]);
    await Promise.all(['A', 'B', 'C', 'D'].map((name) => added(name)));
    const { results } = await list();
    expect(results.map(({ position }: { position: number }) => position)).toEqual([0, 1, 2, 3, 4]);
  });

  it('are refused with a wrong name or position, which changes nothing', async () => {
    const id = await added('Kept');
    for (const name of ['', ' ', 'x'.repeat(101), 5, null, undefined, ['x']])
      await refuses(add(name), 'name');
    for (const name of ['', ' ', 'x'.repeat(101), 5, null, ['x']])
      await refuses(change(id, { name }), 'name');
    for (const position of [-1, '1', true, null, [1], 1e300])
      await refuses(change(id, { position }), 'position');
    expect((await list()).results).toMatchObject([{ name: 'Kept', position: 0 }]);
  });

  it('are changed by administrators alone, who are asked for before anything is checked', async () => {
    const id = await added('Kept');
    for (const who of [home.member, home.viewer, home.stranger]) {
      for (const answer of [
        await add('', who),
        await add(5, who),
        await change(id, { name: '' }, who),
        await change(id, { name: 5 }, who),
        await change(id, { position: -1 }, who),
        await change(id, { position: '1' }, who),
        await change('unknown', { name: 'X' }, who),
        await reorder({}, who),
        await remove('unknown', who),
      ]) {
        expect([answer.status, answer.body.error]).toEqual([403, 'FORBIDDEN']);
      }
    }
    const { status, body } = await home.call('get', path(), home.stranger.key);
    expect([status, body.error]).toEqual([403, 'FORBIDDEN']);
    await home.call('get', '/locations/unknown/custom-fields', admin.key).expect(403);
    expect(await names()).toEqual(['Kept']);
  });

  it('are unknown in another location', async () => {
    const id = await added('Here');
    ({ id: locationId } = await home.location(admin, 'Elsewhere'));
    for (const unknown of [id, 'unknown']) {
      for (const answer of [await change(unknown, { name: ' ', position: -1 }), await remove(unknown)])
        expect([answer.status, answer.body.error]).toEqual([404, 'NOT_FOUND']);
    }
    await reorder({ field_ids: [id] }).expect(200);
    const row = await home.db.customField.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ name: 'Here', position: 0 });
  });

  it('take their values away when they go, and no others', async () => {
    const [gone, kept] = [await added('Gone'), await added('Kept')];
    const bin = await home.bin({ locationId, customFields: { [gone]: 'a', [kept]: 'b' } });
    expect(bin.custom_fields).toEqual({ [gone]: 'a', [kept]: 'b' });
    const answer = await remove(gone).expect(204);
    expect(answer.text).toBe('');
    const { body } = await home.call('get', `/bins/${bin.id}`, admin.key).expect(200);
    expect(body.custom_fields).toEqual({ [kept]: 'b' });
    await remove(gone).expect(404);
  });

  it('and their values leave no trace in the log', async () => {
    const id = await added('Quiet');
    const bin = await home.bin({ locationId });
    await change(id, { name: 'Silent', position: 4 }).expect(200);
    await reorder({ field_ids: [id] }).expect(200);
    await home
      .call('put', `/bins/${bin.id}`, admin.key)
      .send({ customFields: { [id]: 'x' } })
      .expect(200);
    await remove(id).expect(204);
    const { results } = await home.log(locationId, admin);
    expect(results.map(({ entity_type, action }) => [entity_type, action])).toEqual([
      ['bin', 'create'],
      ['location', 'create'],
    ]);
  });
});
