import { buildSchema, parse } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultPageSize } from '../../src/graph/core/keyset.ts';
import { schema } from '../../src/graph/schema.ts';
import { createCost } from '../../src/graphql/cost.ts';
import { graphiqlOptions } from '../../src/graphql/graphiql.ts';
import { graphqlLimits } from '../../src/graphql/guards.ts';
import { useApp } from '../support/app.ts';

const app = useApp();
let key: string;
let locationId: string;
const ask = (query: string, variables: Record<string, unknown> = {}) => app.graphql(query, variables, key);

beforeAll(async () => {
  key = await app.makeKey(await app.makeAccount());
  const { data } = await ask('mutation { createLocation(input: { name: "Home" }) { location { id } } }');
  locationId = data.createLocation.location.id;
});

const names = (count: number, text: string) =>
  Array.from({ length: count }, (_, index) => `a${index}: ${text}`).join(' ');
const bins = (rest = '') => `bins(locationId: $at${rest})`;
const operation = (selection: string, more = '') => `query ($at: ID!${more}) { ${selection} }`;
const inBins = '{ nodes { id name notes items { id name quantity } } }';
const everyList = `{
  id stats { totalBins totalItems totalAreas needsOrganizing } unassignedBinCount areas { nodes { binCount } }
  tags(first: 1) { totalCount } tagStyles { nodes { tag } } checkouts { nodes { id } } shoppingList { nodes { id } }
  activities(first: 1) { totalCount } members { nodes { email } } customFields { nodes { id } } }`;
const wholeBin = `{
  id shortCode locationId name areaId areaName items { id name quantity } notes tags icon color cardStyle
  createdById createdByName visibility createdAt updatedAt deletedAt customFields isPinned }`;

/** Asks, and expects that nothing was read for it. */
async function expectRejection(query: string, variables: Record<string, unknown> = {}) {
  let answer: Awaited<ReturnType<typeof ask>> | undefined;
  const statements = await app.statements(async () => {
    answer = await ask(query, variables);
  });
  expect(answer?.errors?.[0]?.message).toMatch(/cost limit/);
  expect(answer?.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  expect(answer?.data ?? null).toBeNull();
  expect(statements).toEqual([]);
}

describe('An operation is refused before anything is read', () => {
  it.each([
    ['the same page of bins many times, without a size', operation(names(8, bins() + inBins))],
    ['and when only their ids are asked', operation(names(14, `${bins()} { nodes { id } }`))],
    [
      'the lists of all locations many times',
      `{ ${names(14, `viewer { locations { nodes ${everyList} } }`)} }`,
    ],
    [
      'many searches for bins',
      operation(names(7, `${bins(', first: 1, filter: { query: "a" }')} { totalCount }`)),
    ],
    [
      'many searches for items',
      operation(names(7, 'items(locationId: $at, first: 1, query: "a") { totalCount }')),
    ],
    [
      'the trash many times',
      operation(names(6, 'trashedBins(locationId: $at, first: 500) { nodes { id } }')),
    ],
    ['the whole graph many times', `{ ${names(13, '__schema { types { name } }')} }`],
    ['by a fragment', `${operation(names(8, `${bins()} { ...A }`))} fragment A on BinConnection ${inBins}`],
    [
      'by fragments in fragments, and inline ones',
      `${operation(names(8, `${bins()} { ...A }`))}
       fragment A on BinConnection { ... on BinConnection { ... @include(if: true) { ...B } } }
       fragment B on BinConnection { nodes { ...C } }
       fragment C on Bin { id name notes items { id name quantity } }`,
    ],
  ])('%s', async (_what, query) => {
    await ask(operation(`${bins(', first: 1')} { totalCount }`), { at: locationId });
    await expectRejection(query, query.includes('$at') ? { at: locationId } : {});
  });

  it.each([
    ['a variable', ', $n: Int!', ', first: $n', { n: 200 }],
    ['the default of a variable', ', $n: Int! = 200', ', first: $n', {}],
    ['a variable without a value, before the default of the schema', ', $n: Int = 200', ', first: $n', {}],
  ])('however its size is written: %s', async (_how, declared, args, values) => {
    await expectRejection(operation(names(8, bins(args) + inBins), declared), { at: locationId, ...values });
  });

  it.each([
    ['a variable', ', $words: String', '{ query: $words }', { words: 'a' }],
    ['the default of a variable', ', $words: String = "a"', '{ query: $words }', {}],
    ['a variable for the whole filter', ', $filter: BinFilter', '$filter', { filter: { query: 'a' } }],
    ['the default of that', ', $filter: BinFilter = { query: "a" }', '$filter', {}],
  ])('however its search is written: %s', async (_how, declared, filter, values) => {
    const query = operation(names(7, `${bins(`, first: 1, filter: ${filter}`)} { totalCount }`), declared);
    await expectRejection(query, { at: locationId, ...values });
  });
});

describe('An operation is enough for', () => {
  it.each([
    [
      'a page of bins with everything in them, found by a search',
      operation(`${bins(', filter: { query: "a" }')} { totalCount nodes ${wholeBin} }`),
    ],
    ['the same page with small sizes, many times', operation(names(14, bins(', first: 10') + inBins))],
    [
      'all locations with their numbers and areas',
      '{ viewer { locations { nodes { id name stats { totalBins totalItems totalAreas needsOrganizing } areas { nodes { id name binCount } } } } } }',
    ],
    ['all locations with all their lists', `{ viewer { locations { nodes ${everyList} } } }`],
    [
      'the trash and the pins',
      operation(
        `trashedBins(locationId: $at) { nodes { id name items { name } } } pinnedBins(locationId: $at) ${wholeBin}`,
      ),
    ],
    ['a thousand keys', '{ viewer { apiKeys(first: 1000) { nodes { id name prefix status } } } }'],
    ['many pages that count the bins', operation(names(15, `${bins(', first: 1')} { totalCount }`))],
  ])('%s', async (_what, query) => {
    const { errors, data } = await ask(query, query.includes('$at') ? { at: locationId } : {});
    expect([errors, data !== null]).toEqual([undefined, true]);
  });

  it('the welcome of GraphiQL', () => {
    const document = parse(graphiqlOptions.defaultQuery ?? '');
    for (const operationName of ['Register', 'Verify', 'SignIn', 'Viewer'])
      expect(createCost(schema)({ document, operationName })).toBeLessThan(graphqlLimits.maxCost / 10);
  });
});

describe('The cost', () => {
  const cost = (text: string, variableValues?: Record<string, unknown>) =>
    createCost(schema)({ document: parse(text), variableValues });
  const page = (args: string) => cost(`{ bins(locationId: "x"${args}) { nodes { id items { id } } } }`);

  it('is the same for a default and for the same size written out', () => {
    expect(page('')).toBe(page(', first: 200'));
    expect(page('')).toBeGreaterThan(page(', first: 199'));
    const keys = (args: string) => cost(`{ viewer { apiKeys${args} { nodes { id } } } }`);
    expect(keys('')).toBe(keys(`(first: ${defaultPageSize})`));
    expect(keys('(last: 60)')).toBe(keys('(first: 60)'));
  });

  it('counts the list of a page once', () => {
    const [one, two] = [page(', first: 1'), page(', first: 2')];
    expect(page(', first: 101') - one).toBe(100 * (two - one));
  });

  it('is no less for sizes that are none', () => {
    for (const size of [0, -1, -2147483648]) expect(page(`, first: ${size}`)).toBe(page(', first: 1'));
    expect(page(', first: null')).toBe(page(''));
    expect(
      cost('query ($n: Int!) { bins(locationId: "x", first: $n) { nodes { id } } }', { n: 'much' }),
    ).toBe(cost('{ bins(locationId: "x") { nodes { id } } }'));
  });

  it('is no failure for what validation will refuse', () => {
    for (const text of [
      '{ nothing { at { all } } }',
      '{ viewer { nothing(first: 3) { id } ... on Nothing { id } ...Nothing } }',
      '{ viewer { ...A } } fragment A on Account { ...B } fragment B on Account { ...A id }',
      '{ service { name { deeper } } }',
      'query ($n: Nothing) { bins(first: $n, nothing: 1) { nodes { id } } }',
      'fragment A on Account { id }',
    ])
      expect(cost(text)).toBeGreaterThanOrEqual(0);
  });

  it('counts fields of interfaces, and of the types behind them', () => {
    const other = createCost(
      buildSchema(`
        interface Box { things(first: Int = 30): [Thing!]! }
        type Chest implements Box { things(first: Int = 30): [Thing!]! }
        type Thing { id: ID }
        union Any = Chest | Thing
        type Query { box: Box any: Any }`),
    );
    const of = (text: string) => other({ document: parse(text) });
    const direct = of('{ box { things { id } } }');
    expect(direct).toBeGreaterThan(60);
    expect(of('{ box { ...F } } fragment F on Box { things { id } }')).toBe(direct);
    expect(of('{ box { ... on Chest { things { id } } } }')).toBe(direct);
    expect(of('{ any { ... on Box { ...F } } } fragment F on Chest { things { id } }')).toBe(direct);
  });

  it('is found in a time that grows with the document, not with what its fragments become', () => {
    const name = (at: number) => `F${at}`;
    const fragments = Array.from({ length: 60 }, (_, at) => {
      const inner = at < 59 ? `...${name(at + 1)} `.repeat(20) : 'id';
      return `fragment ${name(at)} on Account { ${inner} }`;
    });
    const started = performance.now();
    expect(cost(`{ viewer { ...F0 } } ${fragments.join(' ')}`)).toBeGreaterThan(1e70);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
