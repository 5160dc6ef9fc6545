import { beforeAll, describe, expect, test } from 'vitest';
import type { ApiKeyFormat } from '../../src/generated/sqlite/client.ts';
import type { GraphContext } from '../../src/graph/core/context.ts';
import { type KeyFilter, keysOf } from '../../src/graph/identity/apiKey/accountApiKeys.ts';
import { useApp } from '../support/app.ts';

const formats: ApiKeyFormat[] = ['BINBOI', 'RESTUME'];
const app = useApp();
let accountId: string;
let credential: string;
let ids: string[];

beforeAll(async () => {
  const [account, other] = [
    await app.makeAccount({ plan: 'SCALE' }),
    await app.makeAccount({ plan: 'SCALE' }),
  ];
  accountId = account.id;
  for (let made = 0; made < 5; made += 1) {
    for (const format of formats) {
      await app.makeKey(account, format);
      await app.makeKey(other, format);
    }
  }
  const keys = await app.db.apiKey.findMany({ where: { accountId }, orderBy: { id: 'asc' } });
  ids = keys.map(({ id }) => id);
  for (const id of [ids[0], ids[3], ids[4]]) {
    await app.db.apiKey.update({ where: { id }, data: { revokedAt: new Date(), lastUsedAt: new Date() } });
  }
  credential = await app.makeSession(account);
});

type Between = { readonly lt?: number; readonly gt?: number };

/** The rows of the connection; backwards from its end where the order is ascending. */
async function read(filter: KeyFilter, { lt, gt }: Between, direction: 'asc' | 'desc', take: number) {
  const { db, services } = app;
  const context: GraphContext = {
    db,
    services,
    caller: null,
    request: {
      id: '',
      address: '',
      userAgent: undefined,
      origin: () => app.url,
    },
  };
  const size = direction === 'desc' ? { first: take } : { last: take };
  const cursors = { after: lt === undefined ? null : ids[lt], before: gt === undefined ? null : ids[gt] };
  const info = { fieldNodes: [], fragments: {} };
  const { edges } = await keysOf(accountId, { ...size, ...cursors, filter }, context, info);
  const rows = edges.map(({ node }) => node);
  return direction === 'desc' ? rows : rows.reverse();
}

describe('a page of keys has the rows of findMany, types included', () => {
  const filters: KeyFilter[] = [
    {},
    { format: 'BINBOI' },
    { activeOnly: true },
    { format: 'RESTUME', activeOnly: true },
  ];
  const cases = filters.flatMap((filter) =>
    ([{}, { lt: 7 }, { gt: 2 }, { gt: 2, lt: 7 }] as Between[]).flatMap((between) =>
      (['asc', 'desc'] as const).flatMap((direction) =>
        [0, 2, 100].map((take) => ({ filter, between, direction, take })),
      ),
    ),
  );
  test.each(cases)('%j', async ({ filter, between, direction, take }) => {
    const { format, activeOnly } = filter;
    const id = Object.fromEntries(Object.entries(between).map(([key, index]) => [key, ids[index]]));
    const page = { where: { id }, orderBy: { id: direction }, take };
    const expected = await app.db.apiKey.findMany({
      ...page,
      where: { id, accountId, ...(format && { format }), ...(activeOnly && { revokedAt: null }) },
    });
    expect(await read(filter, between, direction, take)).toEqual(expected);
  });
});

describe('activeCount counts the whole list', () => {
  const count = async (args: string, format?: string) => {
    const list = [format && `format: ${format}`, args].filter(Boolean).join(', ');
    const query = `{ viewer { apiKeys${list && `(${list})`} { activeCount } activeApiKeyCount${format ? `(format: ${format})` : ''} } }`;
    let answer: Awaited<ReturnType<typeof app.graphql>> | undefined;
    const statements = await app.statements(async () => {
      answer = await app.graphql(query, {}, credential);
    });
    const { apiKeys, activeApiKeyCount } = answer?.data.viewer ?? {};
    expect(apiKeys.activeCount).toBe(activeApiKeyCount);
    return { active: apiKeys.activeCount, statements: statements.length };
  };

  test('on a page that holds it all, without a statement of its own', async () => {
    await count('');
    expect(await count('')).toEqual({ active: 7, statements: 2 });
    expect(await count('first: 10')).toEqual({ active: 7, statements: 2 });
    expect(await count('last: 10')).toEqual({ active: 7, statements: 2 });
    expect(await count('', 'BINGO')).toEqual({ active: 0, statements: 2 });
  });

  test('on a page that does not', async () => {
    for (const args of ['first: 0', 'first: 9', 'last: 2', `after: "${ids[3]}"`, `before: "${ids[3]}"`]) {
      expect(await count(args), args).toEqual({ active: 7, statements: 3 });
      expect((await count(args, 'BINBOI')).statements, args).toBeLessThanOrEqual(3);
    }
  });
});
