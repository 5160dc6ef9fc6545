import { beforeAll, expect, it } from 'vitest';
import { literally } from '../../../src/graph/core/like.ts';
import { useApp } from '../../support/app.ts';

const app = useApp();
beforeAll(async () => {
  for (const name of ['a_b', 'axb', '100%', '100', 'c\\d', "it's"]) await app.makeAccount({ name });
});

const names = async (filter: { contains: string } | { startsWith: string } | { endsWith: string }) =>
  (await app.db.account.findMany({ where: { name: filter }, orderBy: { id: 'asc' } })).map(
    ({ name }) => name,
  );

it('finds %, _ and the backslash as themselves', async () => {
  expect(await names({ contains: literally('_') })).toEqual(['a_b']);
  expect(await names({ contains: literally('%') })).toEqual(['100%']);
  expect(await names({ contains: literally('\\') })).toEqual(['c\\d']);
  expect(await names({ startsWith: literally('a_') })).toEqual(['a_b']);
  expect(await names({ endsWith: literally('0%') })).toEqual(['100%']);
  expect(await names({ contains: literally("'") })).toEqual(["it's"]);
  expect(await names({ contains: literally('0') })).toEqual(['100%', '100']);
});

it('leaves a statement with an escape character of its own as it is', async () => {
  const rows = await app.db.$queryRaw`SELECT "id" FROM "Account" WHERE "name" LIKE ${'100!%'} ESCAPE '!'`;
  expect(rows).toHaveLength(1);
});
