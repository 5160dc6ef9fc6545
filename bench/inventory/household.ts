import { newId } from '../../src/graph/core/newId.ts';
import { foldCase } from '../../src/graph/core/text/search.ts';
import { makeKeyText } from '../../src/graph/identity/apiKey/formats.ts';
import { itemRows } from '../../src/graph/inventory/bin/contents.ts';
import type { Database } from '../../src/platform/database/database.ts';

const rooms = ['Attic', 'Cellar', 'Garage', 'Kitchen', 'Office'];
const kinds = ['Box', 'Crate', 'Drawer', 'Shelf', 'Case', 'Basket', 'Trunk', 'Bag'];
const things = [
  'Hammer',
  'Cable',
  'Winter coat',
  'Lamp',
  'Notebook',
  'Charger',
  'Paint',
  'Rope',
  'Tent',
  'Jar',
];
const words = ['red', 'blue', 'old', 'spare', 'broken', 'small', 'heavy', 'garden', 'camping', 'travel'];
const alphabet = 'ABCDEFGHJKMNPQRTUVWXY';

/** A number as six letters, so that no two bins of a location get the same code. */
const codeOf = (n: number): string =>
  Array.from(
    { length: 6 },
    (_, at) => alphabet[Math.floor(n / alphabet.length ** (5 - at)) % alphabet.length],
  ).join('');

/** Words that differ from bin to bin, always the same for the same number. */
const pick = (list: readonly string[], n: number): string => list[n % list.length] as string;

/** Somebody with locations full of bins. */
export interface Household {
  readonly headers: Readonly<Record<string, string>>;
  readonly accountId: string;
  /** A location of fifty bins with three items each. */
  readonly flat: string;
  /** A location to put new bins in. */
  readonly workshop: string;
  /** A location of five thousand bins with ten items each, and twenty members. */
  readonly depot: string;
  /** One bin of the flat. */
  readonly binId: string;
}

async function makeLocation({ db }: Database, name: string, memberIds: readonly string[]): Promise<string> {
  const { id } = await db.location.create({ data: { id: newId(), name, inviteCode: name.padEnd(32, '0') } });
  await db.membership.createMany({
    data: memberIds.map((accountId, at) => ({
      id: newId(),
      locationId: id,
      accountId,
      role: at === 0 ? 'ADMIN' : 'MEMBER',
    })),
  });
  return id;
}

/** Bins of a location, with items and two tags each, written in slices that a statement can take. */
export async function fillLocation(
  { db }: Database,
  {
    locationId,
    createdById,
    bins,
    itemsPerBin,
  }: {
    readonly locationId: string;
    readonly createdById: string;
    readonly bins: number;
    readonly itemsPerBin: number;
  },
): Promise<void> {
  const areas = await db.area.createManyAndReturn({
    data: rooms.map((name) => ({ id: newId(), locationId, name })),
  });
  const slice = 500;
  for (let from = 0; from < bins; from += slice) {
    const numbers = Array.from({ length: Math.min(slice, bins - from) }, (_, at) => from + at);
    const made = await db.bin.createManyAndReturn({
      data: numbers.map((n) => {
        const name = `${pick(words, n * 7)} ${pick(kinds, n)} ${n}`;
        return {
          id: newId(),
          locationId,
          name,
          nameKey: foldCase(name),
          shortCode: codeOf(n),
          createdById,
          areaId: areas[n % areas.length]?.id ?? null,
          notes: `${pick(words, n * 3)} ${pick(words, n * 5)} things`,
        };
      }),
      select: { id: true },
    });
    await db.binItem.createMany({
      data: made.flatMap(({ id: binId }, at) =>
        itemRows(
          { binId, locationId },
          Array.from({ length: itemsPerBin }, (_, nth) => ({
            name: `${pick(words, from + at + nth)} ${pick(things, at * 3 + nth)} ${(from + at) * itemsPerBin + nth}`,
            quantity: nth % 2 === 0 ? nth + 1 : null,
          })),
        ),
      ),
    });
    await db.binTag.createMany({
      data: made.flatMap(({ id: binId }, at) => [
        { binId, name: pick(words, from + at), position: 0 },
        { binId, name: `tag-${(from + at) % 40}`, position: 1 },
      ]),
    });
  }
}

/** Makes somebody with a key, and three locations. */
export async function seedHousehold(database: Database): Promise<Household> {
  const { db } = database;
  const { text, prefix, hash } = makeKeyText('OPENBIN');
  const people = await db.account.createManyAndReturn({
    data: Array.from({ length: 20 }, (_, at) => ({
      id: newId(),
      email: `person${at}@example.com`,
      name: `Person ${at}`,
    })),
  });
  const [owner] = people;
  if (!owner) throw new Error('Nobody was made.');
  await db.apiKey.create({
    data: { id: newId(), accountId: owner.id, format: 'OPENBIN', name: 'bench', prefix, hash },
  });
  const flat = await makeLocation(database, 'flat', [owner.id]);
  const workshop = await makeLocation(database, 'workshop', [owner.id]);
  const depot = await makeLocation(
    database,
    'depot',
    people.map(({ id }) => id),
  );
  await fillLocation(database, { locationId: flat, createdById: owner.id, bins: 50, itemsPerBin: 3 });
  await fillLocation(database, { locationId: depot, createdById: owner.id, bins: 5000, itemsPerBin: 10 });
  const bin = await db.bin.findFirstOrThrow({ where: { locationId: flat }, orderBy: { id: 'asc' } });
  return {
    headers: { authorization: `Bearer ${text}`, 'content-type': 'application/json' },
    accountId: owner.id,
    flat,
    workshop,
    depot,
    binId: bin.id,
  };
}
