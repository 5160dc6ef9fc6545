import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const rename =
  'mutation ($id: ID!) { renameApiKey(input: { id: $id, name: " Laptop " }) { apiKey { name } } }';

it('renames a key of the caller, and of no other account', async () => {
  const [owner, other] = [await app.makeAccount(), await app.makeAccount()];
  const key = await app.makeKey(owner);
  const { id } = await app.db.apiKey.findFirstOrThrow({ where: { accountId: owner.id } });
  const refused = await app.graphql(rename, { id }, await app.makeKey(other));
  expect(refused.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  const { data } = await app.graphql(rename, { id }, key);
  expect(data).toEqual({ renameApiKey: { apiKey: { name: 'Laptop' } } });
});
