import { print } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { bind } from '../../src/rest/engine/bind.ts';
import { useApp } from '../support/app.ts';
import { call, cases, fill, type Served, served, waysToSend } from './support/routes.ts';
import { combinations, makeTestCaller, makeThings, sampleQuery, type TestCaller } from './support/samples.ts';

const app = useApp();
let testCaller: TestCaller;
const things = new Map<string, Promise<string[]>>();
beforeAll(async () => {
  testCaller = await makeTestCaller(app);
});

/** The same value, with moments of the last seconds made alike: some answers tell when they were made. */
function timeless(value: unknown): unknown {
  if (typeof value === 'string') {
    const isNow = /^\d{4}-\d\d-\d\d/.test(value) && Math.abs(new Date(value).getTime() - Date.now()) < 20_000;
    return isNow ? 'now' : value;
  }
  if (Array.isArray(value)) return value.map(timeless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, timeless(inner)]));
}

/** What the graph says over HTTP, through the API's mapping. */
async function throughGraphql(
  { api, route }: Served,
  params: Record<string, string>,
  query: string,
  credential: string,
): Promise<unknown> {
  const variables = route.variables(bind(route, params, query, undefined));
  // REST lists without pages are long; over the open endpoint that many cost too much to ask for.
  const document = print(route.document).replaceAll(/first: \d{3,}/g, 'first: 30');
  const { data, errors } = await app.graphql(
    document,
    variables,
    route.access === 'public' ? undefined : credential,
  );
  expect(errors).toBeUndefined();
  const place = { origin: app.url, base: `/${api.name}`, path: fill(route, params), query };
  return route.success.body?.map(data, place);
}

/** A read that says something without a query. The code of an invitation comes in one, and nobody has it yet. */
const isPlainRead = ({ route }: Served) => route.method === 'GET' && !route.path.endsWith('/invite-preview');

describe('REST answers what the same document answers over POST /graphql', () => {
  it.each(cases(served.filter(isPlainRead)))('%s', async (_name, one) => {
    const api = one.api.name;
    const made = things.get(api) ?? makeThings(app, testCaller, api);
    things.set(api, made);
    let compared = 0;
    const query = await sampleQuery(app, one, testCaller);
    for (const credential of [testCaller.key, testCaller.session]) {
      const headers = waysToSend(one.api, credential)[0] ?? {};
      for (const params of combinations(one.route, await made)) {
        const { status, body } = await call(app, one, { params, query, headers });
        if (status !== one.route.success.status) continue;
        expect(timeless(body)).toEqual(timeless(await throughGraphql(one, params, query, credential)));
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});
