import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/graph/core/newId.ts';
import { bareSchema } from '../../../src/graph/schema.ts';
import { makeNode, makePassword, makePerson } from '../../bingo/support.ts';
import { type TestApp, useApp } from '../../support/app.ts';

type Field = GraphQLField<unknown, unknown>;
type Values = Readonly<Record<string, string>>;

/** So many lists may lie below one another. */
const maxLists = 3;

const isList = ({ type }: Field) => isListType(getNullableType(type));
const fieldsOf = (type: GraphQLObjectType): Field[] => Object.values(type.getFields());
const takes = ({ args }: Field, name: string) => args.some((arg) => arg.name === name);

/** Arguments that have to be given, by name, and `search`, which parts the accounts of one fixture from the other's. */
const given = ['locationId', 'binId', 'kind', 'search'];
const isAskable = ({ args }: Field) =>
  args.every((arg) => !isRequiredArgument(arg) || given.includes(arg.name));

/** A chain of fields from the root down to an object type, and how many lists it goes through. */
interface Place {
  readonly fields: readonly Field[];
  readonly type: GraphQLObjectType;
  readonly lists: number;
}

/** Every place of the graph that can be reached without going through a type twice. */
function placesBelow(place: Place): Place[] {
  const types = new Set([
    bareSchema.getQueryType(),
    ...place.fields.map(({ type }) => getNamedType(type)).filter((type) => type !== place.type),
  ]);
  return fieldsOf(place.type)
    .filter(isAskable)
    .filter(({ name }) => !['edges', 'pageInfo'].includes(name))
    .flatMap((field) => {
      const type = getNamedType(field.type);
      const lists = place.lists + (isList(field) ? 1 : 0);
      if (!isObjectType(type) || type === place.type || types.has(type) || lists > maxLists) return [];
      const below = { fields: [...place.fields, field], type, lists };
      return [below, ...placesBelow(below)];
    });
}

function argumentsOf(field: Field, depth: number, values: Values): string {
  const size = takes(field, 'first') ? [`first: ${depth === 0 ? 10 : 3}`] : [];
  // Only accounts are searched: whose they are is no other way to tell.
  const names = given.filter(
    (name) => takes(field, name) && (name !== 'search' || field.name === 'accounts'),
  );
  const args = [...size, ...names.map((name) => `${name}: ${values[name]}`)];
  return args.length > 0 ? `(${args.join(', ')})` : '';
}

function documentOf({ fields }: Place, selection: string, values: Values): string {
  let pages = 0;
  const opened = fields.map((field) => {
    const args = argumentsOf(field, pages, values);
    if (takes(field, 'first')) pages++;
    return `${field.name}${args} {`;
  });
  return `{ ${opened.join(' ')} ${selection} ${'}'.repeat(fields.length)} }`;
}

const leavesOf = ({ type }: Place, values: Values): string[] => [
  '__typename',
  ...fieldsOf(type)
    .filter((field) => isAskable(field) && isLeafType(getNamedType(field.type)))
    .map((field) => `${field.name}${argumentsOf(field, 1, values)}`),
];

const root = bareSchema.getQueryType() as GraphQLObjectType;
const nameOf = ({ fields }: Place) => fields.map(({ name }) => name).join('.');
/** Nothing is out of what lies in the trash, and an export of ten accounts costs too much to be asked for. */
const isNowhere = (name: string) => /trashedBins\.nodes\.checkouts\.nodes|^accounts.*\.export\./.test(name);
const places = placesBelow({ fields: [], type: root, lists: 0 })
  // A page below a list has fields of its own, such as its total.
  .filter(({ lists }) => lists > 0)
  .filter((place) => !isNowhere(nameOf(place)));

const app: TestApp = useApp();

interface Fixture {
  readonly values: Values;
  readonly credential: string;
  /** Reads the accounts, and is none of them. */
  readonly administrator: string;
  readonly parents: number;
}
const fixtures = new Map<number, Fixture>();

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

async function makeLocation(accountId: string, bins: number) {
  const { db } = app;
  const locationId = newId();
  await db.location.create({
    data: {
      id: locationId,
      name: `Place ${locationId}`,
      inviteCode: locationId,
      memberships: { create: { id: newId(), accountId, role: 'ADMIN' } },
      areas: { create: numbers(2).map((at) => ({ id: newId(), name: `Area ${at}`, parentKey: '' })) },
      customFields: { create: { id: newId(), name: 'Owner', position: 0 } },
      activities: {
        create: numbers(2).map(() => ({ id: newId(), userName: 'a', action: 'update', entityType: 'bin' })),
      },
      tagStyles: { create: { id: newId(), tag: 'tag', color: 'black' } },
      shopping: { create: { id: newId(), name: 'Milk' } },
    },
  });
  const binIds = numbers(bins).map(newId);
  for (const [at, binId] of binIds.entries()) {
    for (const state of ['', 'trashed ']) {
      const id = state ? newId() : binId;
      await db.bin.create({
        data: {
          id,
          locationId,
          name: `${state}Box`,
          nameKey: `${state}box`,
          shortCode: `${state ? 'T' : 'B'}${String(at).padStart(5, '0')}`,
          createdById: accountId,
          deletedAt: state ? new Date() : null,
          items: { create: { id: newId(), locationId, name: 'Fork', nameKey: 'fork', position: 2 } },
          usage: { create: { day: '2026-01-01', count: 1 } },
        },
      });
    }
    for (const position of [0, 1]) {
      const id = newId();
      await db.binItem.create({ data: { id, binId, locationId, name: 'Cup', nameKey: 'cup', position } });
      await db.checkout.create({
        data: {
          id: newId(),
          itemId: id,
          activeItemId: id,
          originBinId: binId,
          locationId,
          checkedOutById: accountId,
        },
      });
    }
    await db.binPin.create({ data: { accountId, binId, position: at } });
    await db.binScan.create({ data: { id: newId(), accountId, binId, scannedAt: new Date() } });
    await db.binTag.create({ data: { binId, name: `tag ${at}`, position: 0 } });
  }
  return { locationId, binIds };
}

/** What an account has of its own, all of it so many times. */
async function fill(accountId: string, count: number): Promise<void> {
  const { db } = app;
  await db.linkedIdentity.create({
    data: { id: newId(), accountId, provider: 'GOOGLE', subject: newId(), email: 'x@example.com' },
  });
  const expiresAt = new Date(Date.now() + 3600_000);
  for (const _ of numbers(count)) {
    const [id, key] = [newId(), newId()];
    await db.session.create({ data: { id, accountId, kind: 'LONG_LIVED', tokenVersion: 0, expiresAt } });
    await db.apiKey.create({
      data: { id: key, accountId, format: 'BINBOI', name: 'key', prefix: 'x', hash: key },
    });
    await db.securityEvent.create({
      data: { id: newId(), name: 'signed_in', outcome: 'SUCCEEDED', accountId, targetType: 'user' },
    });
    await db.savedView.create({ data: { id: newId(), accountId, name: 'View', filters: {} } });
    const request = { accountId, method: 'GET', path: '/', status: 200, durationMs: 1 };
    await db.tunnel.create({
      data: {
        id: newId(),
        accountId,
        subdomain: newId(),
        target: 'http://localhost:1',
        requests: { create: { id: newId(), ...request } },
      },
    });
  }
}

async function makeFixture(count: number): Promise<Fixture> {
  const { db } = app;
  const domain = `of${count}.example.com`;
  const person = await makePerson(app, { email: `person@${domain}`, plan: 'SCALE' });
  const { id: accountId } = person.account;
  await fill(accountId, count + 3);
  for (const at of numbers(count - 1)) {
    const other = await app.makeAccount({ email: `other${at}@${domain}` });
    await fill(other.id, 4);
    await db.organization.create({
      data: {
        ownerId: other.id,
        name: 'Organization',
        contactEmail: other.email,
        members: {
          create: [
            { id: newId(), accountId: other.id, role: 'OWNER' },
            { id: newId(), accountId, role: 'ADMIN' },
          ],
        },
      },
    });
    await makeLocation(accountId, 2);
  }
  for (const _ of numbers(count)) {
    const node = await makeNode(person);
    for (const at of numbers(2)) await makePassword(person, node.id, { name: `password ${at}` });
    await db.vpnHeartbeatBucket.create({
      data: { nodeId: node.id, startsAt: new Date(), count: 1, bandwidthSum: 1 },
    });
  }
  const organizations = await db.organization.findMany({ where: { members: { some: { accountId } } } });
  await db.organizationInvitation.createMany({
    data: organizations.map(({ id: organizationId }) => {
      const id = newId();
      return { id, organizationId, hash: id, email: 'x@example.com', role: 'VIEWER', expiresAt: new Date() };
    }),
  });
  const { locationId, binIds } = await makeLocation(accountId, count);
  const texts = { locationId, binId: binIds[0], search: domain };
  const values = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, JSON.stringify(text)]),
  );
  const administrator = await app.makeKey(await app.makeAccount({ administrator: true }));
  for (const key of [administrator, person.token]) await app.graphql('{ viewer { id } }', {}, key);
  return {
    parents: count,
    credential: person.token,
    administrator,
    values: { ...values, kind: 'PREFERENCES' },
  };
}

beforeAll(async () => {
  for (const count of [2, 10]) fixtures.set(count, await makeFixture(count));
}, 120_000);

/** What an answer has at a place, and at the first list above it. */
function foundAt({ fields }: Place, data: unknown) {
  let found = [data];
  let inFirstList: number | undefined;
  for (const field of fields) {
    found = found
      .flatMap((each) => (each as Record<string, unknown>)[field.name])
      .filter((each) => each !== null && each !== undefined);
    if (isList(field)) inFirstList ??= found.length;
  }
  return { found: found.length, inFirstList };
}

/** The statements of a document, which is split up where it costs too much. */
async function statementsOf(place: Place, leaves: readonly string[], fixture: Fixture): Promise<string[]> {
  const { values, parents } = fixture;
  const credential = place.fields[0]?.name === 'accounts' ? fixture.administrator : fixture.credential;
  const query = documentOf(place, leaves.join(' '), values);
  let answer: Awaited<ReturnType<typeof app.graphql>> | undefined;
  const statements = await app.statements(async () => {
    answer = await app.graphql(query, {}, credential);
  });
  if (answer?.errors?.some(({ message }) => message.includes('cost limit')) && leaves.length > 1) {
    const half = Math.ceil(leaves.length / 2);
    // One after the other: what runs meanwhile is counted too.
    return [
      ...(await statementsOf(place, leaves.slice(0, half), fixture)),
      ...(await statementsOf(place, leaves.slice(half), fixture)),
    ];
  }
  // What is its owner's alone reads nothing for administrators.
  const isForbidden = ({ extensions }: { extensions: object }) =>
    'code' in extensions && extensions.code === 'FORBIDDEN';
  expect(answer?.errors?.filter((error) => !isForbidden(error)) ?? [], query).toEqual([]);
  if (!answer?.errors) {
    const { found, inFirstList } = foundAt(place, answer?.data);
    expect(found, query).toBeGreaterThan(0);
    if (place.fields.filter(isList).length > 1) expect(inFirstList).toBe(parents);
  }
  return statements;
}

describe('below 2 and below 10 parents it takes the same statements to read', () => {
  it.each(places.map((place) => [nameOf(place), place] as const))('%s', async (_name, place) => {
    const counts: number[] = [];
    for (const fixture of fixtures.values()) {
      const leaves = leavesOf(place, fixture.values);
      counts.push((await statementsOf(place, leaves, fixture)).length);
    }
    expect(counts[1]).toBe(counts[0]);
  });
});
