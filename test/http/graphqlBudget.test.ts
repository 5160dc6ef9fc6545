import { getNamedType, isCompositeType, isObjectType } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { weightOf } from '../../src/graph/core/weight.ts';
import { schema } from '../../src/graph/schema.ts';
import { RequestBudget } from '../../src/graphql/budget.ts';
import { useApp } from '../support/app.ts';

// So that the answer is what is too large, not the document.
const app = useApp({ GRAPHQL_MAX_DOCUMENT_BYTES: '1000000' });

const names = (count: number, text: string) =>
  Array.from({ length: count }, (_, index) => `a${index}: ${text}`).join(' ');

/** Locations of an account, straight into the database. */
async function makeLocations(account: Account, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  const createdById = account.id;
  await app.db.location.createMany({
    data: ids.map((id) => ({ id, name: id, createdById, inviteCode: id })),
  });
  await app.db.membership.createMany({
    data: ids.map((locationId) => ({ id: newId(), locationId, accountId: createdById, role: 'ADMIN' })),
  });
  return ids;
}

describe('An answer', () => {
  let key: string;
  let locationId: string;
  const bins = (size: number, selection: string) =>
    `bins(locationId: "${locationId}", first: ${size}) { nodes { ${selection} } }`;
  const ask = (selection: string) => app.graphql(`{ ${selection} }`, {}, key);

  beforeAll(async () => {
    const account = await app.makeAccount();
    key = await app.makeKey(account);
    [locationId = ''] = await makeLocations(account, 1);
    await app.db.bin.createMany({
      data: Array.from({ length: 200 }, () => {
        const id = newId();
        return {
          id,
          locationId,
          name: id,
          nameKey: id,
          shortCode: id,
          notes: 'n'.repeat(100_000),
          createdById: account.id,
        };
      }),
    });
  });

  it('of a hundred full bins is given', async () => {
    const { errors, data } = await ask(bins(100, 'id notes'));
    expect(errors).toBeUndefined();
    expect(data.bins.nodes).toHaveLength(100);
  });

  it.each([
    ['that reads too much, whatever is asked of it', () => bins(200, 'id')],
    ['that reads too much by many pages', () => names(9, bins(20, 'id'))],
    ['that tells the same under many names', () => bins(20, names(15, 'notes'))],
    ['with names that are too long', () => bins(50, `${'x'.repeat(400_000)}: id`)],
  ])('%s is refused', async (_what, selection) => {
    const { status, errors, data } = await ask(selection());
    expect(status).toBeLessThan(500);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'RESPONSE_TOO_LARGE',
      requestId: expect.any(String),
    });
    expect(data ?? null).toBeNull();
  });

  it('is not read to its end when too much was read before', async () => {
    const statements = await app.statements(() => ask(names(4, bins(200, 'id'))));
    expect(statements.filter((sql) => sql.includes('row_number')).length).toBeLessThanOrEqual(2);
  });

  it('of a REST route is as long as its contract says', async () => {
    const { status, body } = await app.request
      .get(`/openbin/api/bins?location_id=${locationId}&limit=200`)
      .auth(key, { type: 'bearer' });
    expect(status).toBe(200);
    expect(body.results).toHaveLength(200);
  });
});

describe('The statements of a request', () => {
  const lists = `{
    id stats { totalBins } unassignedBinCount areas { totalCount } tags { totalCount } tagStyles { nodes { tag } }
    checkouts { nodes { id } } shoppingList { nodes { id } } activities { totalCount } members { nodes { email } }
    customFields { nodes { id } } }`;

  it('end somewhere, however many things there are', async () => {
    const account = await app.makeAccount();
    const key = await app.makeKey(account);
    await makeLocations(account, 200);
    let answer: Awaited<ReturnType<typeof app.graphql>> | undefined;
    const query = `{ viewer { a: locations { totalCount nodes ${lists} } } }`;
    const statements = await app.statements(async () => {
      answer = await app.graphql(query, {}, key);
    });
    expect(answer?.errors).toBeUndefined();
    expect(answer?.data.viewer.a.totalCount).toBe(200);
    // What lies below the locations is read for all of them at once.
    expect(statements.length).toBeLessThan(50);
  });

  it('are enough for a person with many locations', async () => {
    const account = await app.makeAccount();
    const key = await app.makeKey(account);
    await makeLocations(account, 50);
    const { errors, data } = await app.graphql(`{ viewer { locations { nodes ${lists} } } }`, {}, key);
    expect([errors, data.viewer.locations.nodes.length]).toEqual([undefined, 50]);
  });
});

describe('Every field that costs a statement for each thing says so', () => {
  const few = 'few@example.com';
  const many = 'many@example.com';
  const keys: Record<string, string> = {};

  beforeAll(async () => {
    for (const [email, count] of [
      [few, 1],
      [many, 3],
    ] as const) {
      const account = await app.makeAccount({ email, administrator: true });
      keys[email] = await app.makeKey(account);
      await makeLocations(account, count);
      for (let made = 0; made < count; made++) {
        await app.makeAccount({ email: `${made}.of.${email}` });
        const owner = await app.makeAccount();
        await app.db.organization.create({
          data: {
            ownerId: owner.id,
            name: 'Organization',
            contactEmail: owner.email,
            members: { create: { id: newId(), accountId: account.id, role: 'ADMIN' } },
          },
        });
      }
    }
  });

  const fieldsOf = (name: string) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(name);
    return Object.values(type.getFields());
  };
  const cases = [
    ['Location', '{ viewer { locations { nodes { SELECTION } } } }'],
    ['Organization', '{ viewer { organizations { nodes { SELECTION } } } }'],
    ['Account', '{ accounts(search: "of.EMAIL") { nodes { SELECTION } } }'],
  ].flatMap(([type = '', query = '']) =>
    fieldsOf(type).map((field) => [`${type}.${field.name}`, field, query] as const),
  );

  it.each(cases)('%s', async (_name, field, query) => {
    const args = field.args.some(({ name }) => name === 'kind') ? '(kind: PRINT)' : '';
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? ' { __typename }' : '';
    const count = async (email: string) => {
      const text = query.replace('SELECTION', `${field.name}${args}${inner}`).replace('EMAIL', email);
      await app.graphql('{ viewer { id } }', {}, keys[email]);
      const statements = await app.statements(async () => {
        const { errors = [] } = await app.graphql(text, {}, keys[email]);
        // What of an account is its owner's alone is refused to whoever lists accounts, and must cost nothing then.
        for (const { extensions } of errors) expect(extensions.code).toBe('FORBIDDEN');
      });
      return statements.length;
    };
    const forEach = ((await count(many)) - (await count(few))) / 2;
    expect(forEach).toBeLessThanOrEqual(weightOf(field)?.statements ?? 0);
  });
});

describe('A budget', () => {
  const limits = { maxStatements: 5, maxCharacters: 100, maxAtOnce: 2 };

  it('lets two read at a time, and the next ones in their order, also after a failure', async () => {
    const budget = new RequestBudget(limits);
    const seen: number[] = [];
    let now = 0;
    const read = (at: number) =>
      budget.read(1, async () => {
        seen.push(at);
        expect(++now).toBeLessThanOrEqual(2);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now--;
        if (at === 1) throw new Error('failed');
        return at;
      });
    const results = await Promise.allSettled([0, 1, 2, 3, 4].map(read));
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, true, true]);
    await expect(read(5)).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
    expect(seen).toHaveLength(5);
  });

  it('reads nothing more once too much was read', async () => {
    const budget = new RequestBudget(limits);
    await budget.read(1, () => ['x'.repeat(60)]);
    await expect(budget.read(1, () => ({ text: 'x'.repeat(60) }))).rejects.toMatchObject({
      code: 'RESPONSE_TOO_LARGE',
    });
    let ran = false;
    await expect(
      budget.read(1, () => {
        ran = true;
      }),
    ).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
    expect(ran).toBe(false);
  });

  it('reads nothing more once too many statements ran', async () => {
    const budget = new RequestBudget(limits);
    for (let at = 0; at < 5; at++) await budget.read(1, () => at);
    await expect(budget.read(1, () => 6)).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
  });
});
