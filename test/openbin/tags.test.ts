import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, useOpenbin } from './support.ts';

const app = useOpenbin({ BULK_MAX_SELECTION: '20' });
let admin: Person;
let member: Person;
let viewer: Person;
let stranger: Person;
let locationId: string;
beforeAll(async () => {
  [admin, member, viewer, stranger] = [
    await app.person({ name: 'Ada' }),
    await app.person(),
    await app.person(),
    await app.person(),
  ];
});
beforeEach(async () => {
  ({ id: locationId } = await app.location(admin));
  await app.belong(member, locationId, 'MEMBER');
  await app.belong(viewer, locationId, 'VIEWER');
});

type Bin = { id: string; tags: string[]; updated_at: string };
async function bin(tags: string[], input: object = {}, as = admin): Promise<Bin> {
  const request = app.call('post', '/bins', as.key).send({ locationId, name: 'Box', tags, ...input });
  return (await request.expect(201)).body;
}
const get = async ({ id }: Bin, as = admin): Promise<Bin> =>
  (await app.call('get', `/bins/${id}`, as.key).expect(200)).body;
const tagsOf = async (one: Bin, as = admin) => (await get(one, as)).tags;
const trash = ({ id }: Bin) => app.db.bin.update({ where: { id }, data: { deletedAt: new Date() } });
const tags = (query = '', as = admin) => app.call('get', `/tags?location_id=${locationId}${query}`, as.key);
const rename = (input: object, as = admin) =>
  app.call('put', '/tags/rename', as.key).send({ locationId, ...input });
const bulk = (name: string, input: object, as = admin) =>
  app.call('post', `/tags/bulk-${name}`, as.key).send({ locationId, ...input });
const color = (tag: string, input: object = {}, as = admin) =>
  app.call('put', '/tag-colors', as.key).send({ locationId, tag, color: '#aabbcc', ...input });
const colors = async () =>
  (await app.call('get', `/tag-colors?locationId=${locationId}`, viewer.key).expect(200)).body.results;

/** Everything about tags in the location, to see that nothing changed. */
const state = async () => ({
  styles: await app.db.tagStyle.findMany({ where: { locationId }, orderBy: { id: 'asc' } }),
  bins: await app.db.bin.findMany({
    where: { locationId },
    select: { id: true, updatedAt: true, tags: { orderBy: { name: 'asc' } } },
    orderBy: { id: 'asc' },
  }),
});

describe('the list of tags (25.2)', () => {
  it('counts visible live bins, and lists what is only coloured or only a parent with 0', async () => {
    await bin(['garden', 'Metal']);
    await bin(['garden', 'own'], { visibility: 'private' });
    await bin(['garden', 'secret'], { visibility: 'private' }, member);
    await trash(await bin(['garden', 'thrown']));
    await color('metal', { parentTag: ' Materials ' }).expect(200);
    await color('Zinc').expect(200);
    expect((await tags().expect(200)).body).toEqual({
      results: [
        { tag: 'garden', count: 2, parent_tag: null },
        { tag: 'materials', count: 0, parent_tag: null },
        { tag: 'Metal', count: 1, parent_tag: null },
        { tag: 'metal', count: 0, parent_tag: 'materials' },
        { tag: 'own', count: 1, parent_tag: null },
        { tag: 'Zinc', count: 0, parent_tag: null },
      ],
      count: 6,
    });
    const seen = (await tags('', viewer).expect(200)).body.results;
    expect(seen).toContainEqual({ tag: 'garden', count: 1, parent_tag: null });
    expect(seen.map((row: { tag: string }) => row.tag)).not.toContain('own');
  });

  it('is searched, ordered and paged', async () => {
    await bin(['Äpfel', 'b', 'c']);
    await bin(['b', 'a_1']);
    const names = async (query: string) => {
      const { body } = await tags(query).expect(200);
      return [body.results.map((row: { tag: string }) => row.tag).join(' '), body.count];
    };
    expect(await names('')).toEqual(['a_1 b c Äpfel', 4]);
    expect(await names('&sort_dir=desc')).toEqual(['Äpfel c b a_1', 4]);
    expect(await names('&sort=count')).toEqual(['a_1 c Äpfel b', 4]);
    expect(await names('&sort=count&sort_dir=desc')).toEqual(['b a_1 c Äpfel', 4]);
    expect(await names('&q=%C3%84P')).toEqual(['Äpfel', 1]);
    expect(await names('&q=_')).toEqual(['a_1', 1]);
    expect(await names('&limit=2&offset=1')).toEqual(['b c', 4]);
    expect(await names('&limit=9&offset=99')).toEqual(['', 4]);
    expect(await names('&offset=3')).toEqual(['Äpfel', 1]);
    expect(await names('&limit=0&offset=-3&sort=odd')).toEqual(['a_1', 4]);
  });

  it('gives 40 unless asked for 1 to 100', async () => {
    const all = Array.from({ length: 105 }, (_, at) => `t${String(at).padStart(3, '0')}`);
    for (const from of [0, 50, 100]) await bin(all.slice(from, from + 50));
    const names = async (query: string) => {
      const { body } = await tags(query).expect(200);
      return [body.results.map((row: { tag: string }) => row.tag), body.count];
    };
    expect(await names('')).toEqual([all.slice(0, 40), 40]);
    expect(await names('&limit=100')).toEqual([all.slice(0, 100), 105]);
    expect(await names('&limit=1000&offset=10')).toEqual([all.slice(10), 105]);
    expect(await names('&limit=x')).toEqual([all.slice(0, 40), 105]);
  });

  it('wants a location, of which the caller is a member', async () => {
    await app.call('get', '/tags', admin.key).expect(422);
    await app.call('get', '/tags?locationId=x', admin.key).expect(422);
    await tags('', stranger).expect(403);
    await tags('', viewer).expect(200);
    expect((await tags()).body).toEqual({ results: [], count: 0 });
  });
});

describe('tag colors (13)', () => {
  it('are set, listed by name, replaced as a whole and taken away', async () => {
    const { body } = await color('Garden', { parentTag: ' Outside ' }).expect(200);
    expect(body).toEqual({
      id: expect.any(String),
      location_id: locationId,
      tag: 'Garden',
      color: '#aabbcc',
      parent_tag: 'outside',
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
    });
    await color('attic', { color: 'neutral:2' }, member).expect(200);
    expect(await colors()).toEqual([
      { tag: 'attic', color: 'neutral:2', parent_tag: null },
      { tag: 'Garden', color: '#aabbcc', parent_tag: 'outside' },
    ]);
    const again = await color('Garden', { color: '', parentTag: 'yard' }).expect(200);
    expect(again.body).toMatchObject({
      id: body.id,
      created_at: body.created_at,
      color: '',
      parent_tag: 'yard',
    });
    expect((await color('Garden', { color: '' }).expect(200)).body).toEqual({ deleted: true });
    expect((await color('Garden', { color: '' }).expect(200)).body).toEqual({ deleted: true });
    const away = () => app.call('delete', `/tag-colors/attic?location_id=${locationId}`, member.key);
    expect((await away().expect(200)).body).toEqual({ deleted: true });
    expect((await away().expect(200)).body).toEqual({ deleted: true });
    expect(await colors()).toEqual([]);
    expect((await app.log(locationId, admin, '?entity_type=tag')).count).toBe(0);
  });

  it('keep the tag as it is sent, and replace color and parent each time', async () => {
    const { body } = await color(' Old Lace ', { parentTag: ' Fabric ' }).expect(200);
    expect(body).toMatchObject({ tag: ' Old Lace ', parent_tag: 'fabric' });
    for (const [input, shown] of [
      [{ color: '999:4' }, { color: '999:4', parent_tag: null }],
      [
        { color: '', parentTag: 'silk' },
        { color: '', parent_tag: 'silk' },
      ],
      [
        { color: '#AbCdEf', parentTag: ' ' },
        { color: '#AbCdEf', parent_tag: null },
      ],
    ] as const) {
      expect((await color(' Old Lace ', input).expect(200)).body).toMatchObject({ id: body.id, ...shown });
      const { body: listed } = await app
        .call('get', `/tag-colors?location_id=${locationId}`, viewer.key)
        .expect(200);
      expect(listed).toEqual({ results: [{ tag: ' Old Lace ', ...shown }], count: 1 });
    }
    expect((await tags()).body.results).toEqual([{ tag: ' Old Lace ', count: 0, parent_tag: null }]);
    expect((await color(' Old Lace ', { color: '', parentTag: '' }).expect(200)).body).toEqual({
      deleted: true,
    });
  });

  it('lead from a tag to the bins of those under it', async () => {
    const [child, parent] = [await bin(['Silk']), await bin(['fabric'])];
    const other = await bin(['silk']);
    await color('Silk', { parentTag: 'Fabric' }).expect(200);
    const found = async (query: string) => {
      const { body } = await app
        .call('get', `/bins?location_id=${locationId}&${query}`, admin.key)
        .expect(200);
      return body.results.map(({ id }: Bin) => id).sort();
    };
    expect(await found('tag=fabric')).toEqual([child.id, parent.id].sort());
    expect(await found('tag=Silk')).toEqual([child.id]);
    expect(await found('tags=silk,none')).toEqual([other.id]);
  });

  it('know one level only', async () => {
    await color('child', { parentTag: 'parent' }).expect(200);
    for (const [tag, parentTag] of [
      ['Own', 'own'],
      ['other', 'child'],
      ['parent', 'top'],
      ['x', 'p'.repeat(101)],
    ] as const) {
      const before = await state();
      const { body } = await color(tag, { parentTag }).expect(422);
      expect([body.error, body.message]).toEqual(['VALIDATION_ERROR', expect.stringContaining('parentTag')]);
      expect(await state()).toEqual(before);
    }
    await color('parent').expect(200);
    await color('child', { parentTag: null }).expect(200);
    await color('other', { parentTag: 'child' }).expect(200);
  });

  it('take half a surrogate pair for the character that is stored in its place', async () => {
    for (let again = 0; again < 2; again++) {
      const { body } = await color('\ud800', { parentTag: '\udc00x' }).expect(200);
      expect(body).toMatchObject({ tag: '\ufffd', parent_tag: '\ufffdx' });
    }
  });

  it('keep the rule when two would break it together', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [`a${round}`, `b${round}`];
      const answers = await Promise.all([color(a, { parentTag: b }), color(b, { parentTag: a })]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    }
  });

  it('want what is missing first, then a member, then a fitting color', async () => {
    await color('x', { locationId: '' }, stranger).expect(422);
    await color(' ', { color: 'red' }, stranger).expect(422);
    await color('x'.repeat(101), {}, stranger).expect(422);
    await color('x', { color: 'red' }, stranger).expect(403);
    await color('x', {}, viewer).expect(403);
    for (const wrong of ['red', '#abc', null, 5, undefined]) await color('x', { color: wrong }).expect(422);
    await app.call('get', '/tag-colors', admin.key).expect(422);
    await app.call('get', `/tag-colors?location_id=${locationId}`, stranger.key).expect(403);
    for (const query of ['', '?location_id=', `?locationId=${locationId}`]) {
      const { status, body } = await app.call('delete', `/tag-colors/x${query}`, admin.key);
      expect([status, body.error]).toEqual([422, 'VALIDATION_ERROR']);
      expect(body.message).toContain('location_id');
    }
    await app.call('get', '/tag-colors?locationId=unknown', admin.key).expect(403);
    await app.call('delete', `/tag-colors/x?location_id=${locationId}`, viewer.key).expect(403);
    await app.call('delete', `/tag-colors/x?location_id=${locationId}`, stranger.key).expect(403);
  });
});

describe('renaming a tag (25.2)', () => {
  it('renames it on all live bins, with its color and what is under it', async () => {
    const [one, two] = [await bin(['x', 'old', 'y']), await bin(['old'], {}, member)];
    const other = await bin(['Old']);
    await color('old').expect(200);
    await color('child', { parentTag: 'old' }).expect(200);
    const { body } = await rename({ oldTag: 'old', newTag: ' NEW ' }, member).expect(200);
    expect(body).toEqual({ renamed: true, binsUpdated: 2 });
    expect(await tagsOf(one)).toEqual(['x', 'new', 'y']);
    expect(await tagsOf(two)).toEqual(['new']);
    expect(await get(other)).toEqual({ ...other, is_pinned: 0 });
    expect((await get(one)).updated_at > one.updated_at).toBe(true);
    expect(await colors()).toEqual([
      { tag: 'child', color: '#aabbcc', parent_tag: 'new' },
      { tag: 'new', color: '#aabbcc', parent_tag: null },
    ]);
    expect((await app.log(locationId, admin, '?entity_type=tag')).count).toBe(0);
  });

  it('joins a tag that there is already, on bins and in its color (28)', async () => {
    const both = await bin(['a', 'x', 'b']);
    const reversed = await bin(['b', 'x', 'a']);
    await color('a', { color: '#111111' });
    await color('b', { color: '#222222' });
    await color('child', { parentTag: 'a' });
    expect((await rename({ oldTag: 'a', newTag: 'b' }).expect(200)).body.binsUpdated).toBe(2);
    expect([await tagsOf(both), await tagsOf(reversed)]).toEqual([
      ['b', 'x'],
      ['b', 'x'],
    ]);
    expect(await colors()).toEqual([
      { tag: 'b', color: '#222222', parent_tag: null },
      { tag: 'child', color: '#aabbcc', parent_tag: 'b' },
    ]);
  });

  it('never makes a second level, nor a tag its own parent', async () => {
    await color('b', { parentTag: 'top' });
    await color('child', { parentTag: 'a' });
    await rename({ oldTag: 'a', newTag: 'b' }).expect(200);
    expect(await colors()).toMatchObject([
      { tag: 'b', parent_tag: 'top' },
      { tag: 'child', parent_tag: 'top' },
    ]);
    await rename({ oldTag: 'top', newTag: 'b' }).expect(200);
    expect(await colors()).toMatchObject([
      { tag: 'b', parent_tag: null },
      { tag: 'child', parent_tag: 'b' },
    ]);
    await rename({ oldTag: 'child', newTag: 'b' }).expect(200);
    expect(await colors()).toEqual([{ tag: 'b', color: '#aabbcc', parent_tag: null }]);
  });

  it('spares the trash and other people’s private bins, and does not count them', async () => {
    const own = await bin(['t'], { visibility: 'private' });
    const others = await bin(['t'], { visibility: 'private' }, member);
    const thrown = await bin(['t']);
    await trash(thrown);
    expect((await rename({ oldTag: 't', newTag: 'u' }).expect(200)).body.binsUpdated).toBe(1);
    expect([await tagsOf(own), await tagsOf(others, member)]).toEqual([['u'], ['t']]);
    expect(await app.db.binTag.findMany({ where: { binId: thrown.id } })).toMatchObject([{ name: 't' }]);
    expect((await get(others, member)).updated_at).toBe(others.updated_at);
    expect((await tags()).body.results).toEqual([{ tag: 'u', count: 1, parent_tag: null }]);
  });

  it('answers 0 without looking when the name is the same but for its case', async () => {
    const one = await bin(['Tag']);
    for (const who of [admin, viewer, stranger]) {
      const { body } = await rename({ oldTag: 'Tag', newTag: 'tag' }, who).expect(200);
      expect(body).toEqual({ renamed: true, binsUpdated: 0 });
    }
    expect(await tagsOf(one)).toEqual(['Tag']);
  });

  it('is for members, and wants both names first', async () => {
    for (const wrong of [
      { oldTag: 'a' },
      { newTag: 'b' },
      { oldTag: 'a', newTag: 'x'.repeat(101) },
      { oldTag: 'x'.repeat(101), newTag: 'b' },
      { oldTag: 'a', newTag: ' ' },
      { oldTag: 'a', newTag: 'b', locationId: '' },
      { oldTag: 5, newTag: 'b' },
    ]) {
      expect((await rename(wrong, stranger)).status).toBe(422);
    }
    await rename({ oldTag: 'a', newTag: 'b' }, viewer).expect(403);
    await rename({ oldTag: 'a', newTag: 'b' }, stranger).expect(403);
    await rename({ oldTag: 'a', newTag: 'b', locationId: 'unknown' }).expect(403);
    expect((await rename({ oldTag: 'a', newTag: 'b' }).expect(200)).body.binsUpdated).toBe(0);
  });

  it('loses nothing when tags are renamed into one another at once', async () => {
    const all = await Promise.all(['a', 'b', 'c'].map((tag) => bin([tag])));
    await Promise.all(['a', 'b', 'c'].map((oldTag) => rename({ oldTag, newTag: 'all' }).expect(200)));
    for (const one of all) expect(await tagsOf(one)).toEqual(['all']);
  });
});

describe('deleting a tag (25.2)', () => {
  it('takes it off bins, with its color; what was under it is under nothing', async () => {
    const one = await bin(['a/b c', 'x']);
    await color('a/b c');
    await color('child', { parentTag: 'a/b c' });
    const away = (as: Person) =>
      app.call('delete', `/tags/${encodeURIComponent('a/b c')}?location_id=${locationId}`, as.key);
    await away(viewer).expect(403);
    await away(stranger).expect(403);
    expect((await away(member).expect(200)).body).toEqual({
      deleted: true,
      binsUpdated: 1,
      orphanedChildren: 1,
    });
    expect(await tagsOf(one)).toEqual(['x']);
    expect(await colors()).toEqual([{ tag: 'child', color: '#aabbcc', parent_tag: null }]);
    expect((await away(admin).expect(200)).body).toEqual({
      deleted: true,
      binsUpdated: 0,
      orphanedChildren: 0,
    });
    await app.call('delete', '/tags/x', admin.key).expect(422);
  });

  it('spares other people’s private bins', async () => {
    const others = await bin(['t'], { visibility: 'private' }, member);
    const { body } = await app.call('delete', `/tags/t?location_id=${locationId}`, admin.key).expect(200);
    expect(body.binsUpdated).toBe(0);
    expect(await tagsOf(others, member)).toEqual(['t']);
  });
});

describe('bulk operations on tags (25.2)', () => {
  it('delete several, each once', async () => {
    const one = await bin(['a', 'b', 'c', 'A']);
    await bin(['b'], { visibility: 'private' }, member);
    await color('a');
    await color('child', { parentTag: 'b' });
    const { body } = await bulk('delete', { tags: ['a', 'b', 'a', 'zzz'] }, admin).expect(200);
    expect(body).toEqual({ tagsDeleted: 3, binsUpdated: 1, orphanedChildren: 1 });
    expect(await tagsOf(one)).toEqual(['c', 'A']);
    const { results } = await app.log(locationId, admin, '?entity_type=tag');
    expect(results).toMatchObject([
      { action: 'bulk_delete', changes: { counts: { old: null, new: { binsUpdated: 1 } } } },
    ]);
  });

  it('set a color, also an empty one that is kept', async () => {
    await color('a', { parentTag: 'p' });
    expect((await bulk('set-color', { tags: ['a', 'b'], color: '210:3' }, member).expect(200)).body).toEqual({
      tagsUpdated: 2,
    });
    await bulk('set-color', { tags: ['b', 'c'], color: '' }).expect(200);
    expect(await colors()).toEqual([
      { tag: 'a', color: '210:3', parent_tag: 'p' },
      { tag: 'b', color: '', parent_tag: null },
      { tag: 'c', color: '', parent_tag: null },
    ]);
    const before = await state();
    for (const wrong of [null, 'red', '#abc', undefined, 7]) {
      const { body } = await bulk('set-color', { tags: ['a'], color: wrong }, stranger).expect(422);
      expect(body.message).toContain('color');
    }
    expect(await state()).toEqual(before);
    const { results } = await app.log(locationId, admin, '?entity_type=tag');
    expect(results.map(({ action }) => action)).toEqual(['bulk_set_color', 'bulk_set_color']);
  });

  it('set a parent of those that have a row, and look at the stored rows (28)', async () => {
    for (const tag of ['a', 'b', 'c']) await color(tag);
    expect(
      (await bulk('set-parent', { tags: ['a', 'b', 'none'], parentTag: 'top' }).expect(200)).body,
    ).toEqual({
      tagsUpdated: 2,
    });
    const before = await state();
    for (const [tags, parentTag, code] of [
      [['c'], 'c', 'PARENT_CYCLE'],
      [['a', 'c'], 'a', 'PARENT_CYCLE'],
      [['c'], 'a', 'VALIDATION_ERROR'],
    ] as const) {
      const { status, body } = await bulk('set-parent', { tags, parentTag });
      expect([status, body.error], parentTag).toEqual([422, code]);
    }
    await color('top').expect(200);
    const loop = await bulk('set-parent', { tags: ['top'], parentTag: 'a' }).expect(422);
    expect(loop.body.error).toBe('PARENT_CYCLE');
    const chain = await bulk('set-parent', { tags: ['top'], parentTag: 'roof' }).expect(422);
    expect(chain.body.error).toBe('VALIDATION_ERROR');
    await bulk('set-parent', { tags: ['a'] }).expect(422);
    await bulk('set-parent', { tags: ['a'], parentTag: '' }).expect(422);
    await app.call('delete', `/tag-colors/top?location_id=${locationId}`, admin.key).expect(200);
    expect((await state()).styles).toEqual(before.styles);
    await bulk('set-parent', { tags: ['a', 'b'], parentTag: null }).expect(200);
    expect(await colors()).toMatchObject([{ parent_tag: null }, { parent_tag: null }, { parent_tag: null }]);
  });

  it('merge several into one, the first of the places and colors winning', async () => {
    const all = [await bin(['a', 'x', 'b', 'to']), await bin(['x', 'b']), await bin(['to'])];
    await color('b', { color: '#bbbbbb' });
    await color('child', { parentTag: 'a' });
    const { body } = await bulk('merge', { fromTags: ['a', 'b', 'to'], toTag: 'to' }).expect(200);
    expect(body).toEqual({ tagsMerged: 1, binsUpdated: 2, childrenReassigned: 1 });
    expect(await Promise.all(all.map((one) => tagsOf(one)))).toEqual([['to', 'x'], ['x', 'to'], ['to']]);
    expect(await colors()).toEqual([
      { tag: 'child', color: '#aabbcc', parent_tag: 'to' },
      { tag: 'to', color: '#bbbbbb', parent_tag: null },
    ]);
    await bulk('merge', { fromTags: ['to'], toTag: 'to' }).expect(422);
    await bulk('merge', { fromTags: ['a'], toTag: 'No good' }).expect(422);
  });

  it.each([
    ['delete', 'tags', {}],
    ['set-parent', 'tags', { parentTag: 'p' }],
    ['set-color', 'tags', { color: '' }],
    ['merge', 'fromTags', { toTag: 'to' }],
  ])('%s checks its names before anybody’s role, and takes no more than are allowed', async (name, field, rest) => {
    await bin(['a']);
    await color('a');
    const before = await state();
    for (const wrong of [undefined, [], 'a', ['A'], ['-a'], ['a b'], ['x'.repeat(101)], [''], [5]]) {
      const { status, body } = await bulk(name, { [field]: wrong, ...rest }, stranger);
      expect([status, body.error], JSON.stringify(wrong)).toEqual([422, 'VALIDATION_ERROR']);
      expect(body.message).toContain(field);
    }
    const many = Array.from({ length: 21 }, (_, index) => `t${index}`);
    const { body } = await bulk(name, { [field]: many, ...rest }, stranger).expect(422);
    expect(body).toMatchObject({ error: 'SELECTION_TOO_LARGE', max: 20, requested: 21 });
    await bulk(name, { [field]: ['a'], ...rest, locationId: '' }, stranger).expect(422);
    await bulk(name, { [field]: ['a'], ...rest }, stranger).expect(403);
    await bulk(name, { [field]: ['a'], ...rest }, viewer).expect(403);
    expect(await state()).toEqual(before);
    await bulk(name, { [field]: many.slice(1), ...rest }, member).expect(200);
  });
});

describe('a plan for tags (bulk-apply, 25.2)', () => {
  const apply = (taxonomy: unknown, assignments: unknown = {}, as = admin) =>
    bulk('apply', { taxonomy, assignments }, as);

  it('renames, merges, makes, places, adds and removes, in this order', async () => {
    const [one, two] = [await bin(['hammer', 'saw', 'x']), await bin(['old-name', 'y'])];
    await color('saw', { color: '#111111' });
    const { body } = await apply(
      {
        renames: [{ from: 'old-name', to: 'new-name' }],
        merges: [{ from: ['hammer', 'saw'], to: 'tools' }],
        newTags: [{ tag: 'metal', parent: 'materials' }, { tag: 'empty' }],
        parents: [{ tag: 'new-name', parent: 'materials' }],
      },
      { add: { [one.id]: ['metal', 'x'], [two.id]: ['y'] }, remove: { [two.id]: ['new-name', 'zzz'] } },
      member,
    ).expect(200);
    expect(body).toEqual({
      tagsCreated: 2,
      tagsRenamed: 1,
      parentsSet: 1,
      binsAddedTo: 1,
      binsRemovedFrom: 1,
    });
    expect([await tagsOf(one), await tagsOf(two)]).toEqual([['tools', 'x', 'metal'], ['y']]);
    expect(await colors()).toEqual([
      { tag: 'empty', color: '', parent_tag: null },
      { tag: 'metal', color: '', parent_tag: 'materials' },
      { tag: 'new-name', color: '', parent_tag: 'materials' },
      { tag: 'tools', color: '#111111', parent_tag: null },
    ]);
    const { results } = await app.log(locationId, admin, '?entity_type=tag');
    expect(results).toMatchObject([{ action: 'bulk_suggest', changes: { counts: { new: body } } }]);
  });

  it('does one renaming after the other, also where a name passes on', async () => {
    const one = await bin(['a', 'b', 'c']);
    await apply({
      renames: [
        { from: 'b', to: 'd' },
        { from: 'a', to: 'b' },
        { from: 'c', to: 'a' },
        { from: 'a', to: 'e' },
      ],
    }).expect(200);
    expect(await tagsOf(one)).toEqual(['b', 'd', 'e']);
  });

  it.each([
    ['a name', { newTags: [{ tag: 'No' }] }, {}, 'VALIDATION_ERROR'],
    ['a new name', { renames: [{ from: 'a', to: 'B' }] }, {}, 'VALIDATION_ERROR'],
    ['a shape', { merges: [{ from: 'a', to: 'b' }] }, {}, 'VALIDATION_ERROR'],
    ['no taxonomy', undefined, {}, 'VALIDATION_ERROR'],
    ['no assignments', {}, null, 'VALIDATION_ERROR'],
    ['a tag for a bin', {}, { add: { x: ['B C'] } }, 'VALIDATION_ERROR'],
    ['an own parent', { newTags: [{ tag: 'a', parent: 'a' }] }, {}, 'PARENT_CYCLE'],
    [
      'a circle',
      {
        newTags: [{ tag: 'a', parent: 'b' }],
        parents: [
          { tag: 'b', parent: 'c' },
          { tag: 'c', parent: 'a' },
        ],
      },
      {},
      'PARENT_CYCLE',
    ],
    [
      'too many',
      { newTags: Array.from({ length: 21 }, (_, index) => ({ tag: `t${index}` })) },
      {},
      'SELECTION_TOO_LARGE',
    ],
    [
      'too many bins',
      {},
      { remove: Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`b${index}`, ['a']])) },
      'VALIDATION_ERROR',
    ],
  ])('refuses %s before anybody’s role', async (_what, taxonomy, assignments, code) => {
    const { status, body } = await apply(taxonomy, assignments, stranger);
    expect([status, body.error]).toEqual([422, code]);
  });

  it('looks at up to 500 bins', async () => {
    const named = async (count: number) => {
      const add = Object.fromEntries(Array.from({ length: count }, (_, index) => [`b${index}`, ['a']]));
      return (await apply({}, { add }).expect(422)).body.message;
    };
    expect(await named(500)).toContain('bins of this location');
    expect(await named(501)).toContain('at most 500');
  });

  it('changes nothing when a bin is not visible here, a place is taken or a bin would have too many', async () => {
    const full = await bin(Array.from({ length: 50 }, (_, index) => `t${index}`));
    const others = await bin(['a'], { visibility: 'private' }, member);
    const thrown = await bin(['a']);
    await trash(thrown);
    const { id: elsewhere } = await app.location(admin, 'Elsewhere');
    const foreign = await bin([], { locationId: elsewhere });
    await color('child', { parentTag: 'parent' });
    const before = await state();
    const renames = [{ from: 't1', to: 'u1' }];
    for (const [code, taxonomy, assignments] of [
      ['VALIDATION_ERROR', { renames }, { add: { [others.id]: ['b'] } }],
      ['VALIDATION_ERROR', { renames }, { remove: { [thrown.id]: ['a'] } }],
      ['VALIDATION_ERROR', { renames }, { add: { [foreign.id]: ['b'] } }],
      ['VALIDATION_ERROR', { renames }, { add: { unknown: ['b'] } }],
      ['VALIDATION_ERROR', { renames }, { add: { [full.id]: ['one-more'] } }],
      ['VALIDATION_ERROR', { renames, newTags: [{ tag: 'x', parent: 'child' }] }, {}],
      ['VALIDATION_ERROR', { renames, newTags: [{ tag: 'parent', parent: 'top' }] }, {}],
      ['PARENT_CYCLE', { renames, parents: [{ tag: 'parent', parent: 'child' }] }, {}],
    ] as const) {
      const { status, body } = await apply(taxonomy, assignments);
      expect([status, body.error], JSON.stringify(assignments)).toEqual([422, code]);
      expect(await state()).toEqual(before);
    }
    await apply({}, {}, viewer).expect(403);
    await apply({}, {}, stranger).expect(403);
    await apply({ renames }, { add: { [full.id]: ['one-more'] }, remove: { [full.id]: ['t2'] } }).expect(200);
    expect(await tagsOf(full)).toHaveLength(50);
  });
});

describe('with many bins', () => {
  it('as many statements as with one', async () => {
    const one = await bin(['a', 'b']);
    const calls = {
      list: () => tags().expect(200),
      rename: () => rename({ oldTag: 'a', newTag: 'c' }).expect(200),
      merge: () => bulk('merge', { fromTags: ['b'], toTag: 'c' }).expect(200),
      apply: () =>
        bulk('apply', {
          taxonomy: { renames: [{ from: 'c', to: 'd' }] },
          assignments: { add: { [one.id]: ['e'] }, remove: { [one.id]: ['d'] } },
        }).expect(200),
      delete: () => bulk('delete', { tags: ['d', 'e'] }).expect(200),
    };
    const counts = async () => {
      const found: Record<string, number> = {};
      for (const [name, call] of Object.entries(calls)) {
        found[name] = (await app.statements(async () => void (await call()))).length;
        await app.services.background.drain();
      }
      return found;
    };
    const few = await counts();
    const rows = Array.from({ length: 400 }, (_, index) => ({
      id: `${locationId}-${index}`,
      locationId,
      shortCode: `CODE${index}`,
      name: 'Box',
      nameKey: 'box',
    }));
    await app.db.bin.createMany({ data: rows });
    await app.db.binTag.createMany({
      data: rows.flatMap(({ id: binId }) => [
        { binId, name: 'a', position: 0 },
        { binId, name: 'b', position: 1 },
      ]),
    });
    await app
      .call('put', `/bins/${one.id}`, admin.key)
      .send({ tags: ['a', 'b'] })
      .expect(200);
    expect(await counts()).toEqual(few);
    expect(await app.db.binTag.count({ where: { bin: { locationId } } })).toBe(0);
  });
});
