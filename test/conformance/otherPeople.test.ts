import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import { databaseState } from './support/databaseState.ts';
import { cases, parameterNames, type Served, served } from './support/routes.ts';
import {
  callAs,
  combinations,
  makeTestCaller,
  makeThings,
  sampleBody,
  type TestCaller,
} from './support/samples.ts';

const app = useApp();

/** What is no id but a word: whose it is, the query says, and test/openbin/tags.test.ts asks. */
const words = ['tag'];
const withIds = served.filter(
  ({ route }) => route.access === 'required' && parameterNames(route).some((name) => !words.includes(name)),
);

/** An id of the same form that nothing has. */
function unknownLike(id: string): string {
  if (/^\d+$/.test(id)) return '999999999';
  return /^[0-9a-f-]{36}$/.test(id) ? '01900000-0000-7000-8000-000000000000' : 'nothing-has-this';
}

/** Routes that answer everybody alike, whatever the id: they tell only how things are afterwards. */
const alikeForAll = new Set(['openbin DELETE /api/bins/:id/pin']);

/** Routes whose contract (OpenBin 23) tells strangers 403, and 404 only where there is no such thing. */
const forbiddenToStrangers = new Set([
  'openbin POST /api/shopping-list/:id/purchase',
  'openbin DELETE /api/shopping-list/:id',
]);

interface People {
  readonly api: string;
  readonly owner: TestCaller;
  readonly stranger: TestCaller;
  readonly owned: string[];
  readonly own: string[];
}
let people: People | undefined;

/** Two people who have made the same things on an API; those who are there, as long as nothing was used up. */
async function peopleOn(api: string): Promise<People> {
  if (people?.api === api) return people;
  await app.services.background.drain();
  await app.db.account.deleteMany({});
  const [owner, stranger] = [await makeTestCaller(app), await makeTestCaller(app)];
  const owned = await makeThings(app, owner, api);
  people = { api, owner, stranger, owned, own: await makeThings(app, stranger, api) };
  return people;
}

describe('somebody else’s id is answered as an unknown one, and nothing changes', () => {
  it.each(cases(withIds))('%s', { timeout: 180_000 }, async (_name, one: Served) => {
    const { owner, stranger, owned, own } = await peopleOn(one.api.name);
    const body = await sampleBody(app, one, stranger);
    const ask = async (who: TestCaller, params: Record<string, string>) => {
      const { status, body: answer } = await callAs(app, who, one, params, body);
      return { status, answer };
    };

    const before = await databaseState(app);
    let reached = 0;
    for (const params of combinations(one.route, [...owned, ...own])) {
      const values = Object.values(params);
      // With ids of their own alone the stranger is the owner.
      if (values.every((value) => own.includes(value))) continue;
      const unknown = Object.fromEntries(
        Object.entries(params).map(([name, value]) => [
          name,
          owned.includes(value) ? unknownLike(value) : value,
        ]),
      );
      const [foreign, nothing] = [await ask(stranger, params), await ask(stranger, unknown)];
      const known = owned.includes(values[0] ?? '') && foreign.status === 403;
      if (!(known && forbiddenToStrangers.has(one.name))) {
        expect(foreign, JSON.stringify(params)).toEqual(nothing);
      }
      if (!alikeForAll.has(one.name)) expect(foreign.status).toBeGreaterThanOrEqual(400);
      expect(foreign.status).toBeLessThan(500);
    }
    expect(await databaseState(app)).toEqual(before);
    if (alikeForAll.has(one.name)) return;

    // The owner must get something else, or the comparison above has shown nothing.
    for (const params of combinations(one.route, owned)) {
      const unknown = Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name, unknownLike(value)]),
      );
      const answers = [await ask(owner, params), await ask(owner, unknown)];
      if (JSON.stringify(answers[0]) === JSON.stringify(answers[1])) continue;
      reached++;
      break;
    }
    expect(
      reached,
      `no id that test/conformance/support/samples.ts makes belongs to ${one.name}`,
    ).toBeGreaterThan(0);
    // What the owner has just done may have used the things up.
    if (JSON.stringify(await databaseState(app)) !== JSON.stringify(before)) people = undefined;
  });
});
