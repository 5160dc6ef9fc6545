import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apis } from '../../src/rest/apis/index.ts';
import { useApp } from '../support/app.ts';
import { databaseState } from './support/databaseState.ts';
import { fuzz } from './support/fuzzing.ts';
import { fieldNames, oddBody, oddHeaders, oddPiece, oddValue } from './support/oddities.ts';
import { type RawRequest, rawCall } from './support/rawCall.ts';
import { parameterNames, type Served, served } from './support/routes.ts';
import { makeTestCaller, makeThings, sampleBody, type TestCaller } from './support/samples.ts';

const app = useApp();

/** A request as generated: what is a sample, an id or a credential is filled in when it is sent. */
interface Plan {
  readonly name: string;
  readonly method: string | null;
  /** A piece, or null for an id that exists. */
  readonly pieces: readonly (string | null)[];
  readonly query: readonly (readonly [string, string])[];
  readonly body: { readonly raw: string } | { readonly changes: readonly (readonly [string, unknown])[] };
  readonly headers: RawRequest['headers'];
  readonly credential: 'key' | 'session' | 'none';
}

function plans(one: Served): fc.Arbitrary<Plan> {
  const { route } = one;
  const names = (known: string[]) => fc.constantFrom(...known, '__proto__', 'constructor', 'unknown', '');
  const mostly = <T>(usual: fc.Arbitrary<T>, weight: number, odd: fc.Arbitrary<T>) =>
    fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });
  return fc.record({
    name: fc.constant(one.name),
    method: mostly(
      fc.constant<string | null>(null),
      12,
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'),
    ),
    pieces: fc.tuple(
      ...parameterNames(route).map(() => mostly<string | null>(fc.constant(null), 1, oddPiece)),
    ),
    query: fc.array(fc.tuple(mostly(names(fieldNames(route.query)), 4, oddPiece), oddPiece), {
      maxLength: 3,
    }),
    body: mostly<Plan['body']>(
      fc
        .array(fc.tuple(names(fieldNames(route.body)), oddValue), { maxLength: 3 })
        .map((changes) => ({ changes })),
      3,
      oddBody.map((raw) => ({ raw })),
    ),
    headers: mostly(fc.constant<RawRequest['headers']>([]), 1, oddHeaders),
    credential: mostly(fc.constantFrom('key', 'session'), 6, fc.constant('none')),
  });
}

/** Fields are set by definition: `__proto__` must arrive as a key. */
function changed(sample: unknown, changes: readonly (readonly [string, unknown])[]): string {
  const entries = [...Object.entries((sample ?? {}) as object), ...changes];
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;
}

interface Stage {
  testCaller: TestCaller;
  ids: string[];
  state: Awaited<ReturnType<typeof databaseState>>;
}

async function newStage(api: string): Promise<Stage> {
  // What is still written after an answer takes the same rows in another order.
  await app.services.background.drain();
  await app.db.account.deleteMany({});
  const testCaller = await makeTestCaller(app);
  const ids = await makeThings(app, testCaller, api);
  return { testCaller, ids, state: await databaseState(app) };
}

async function requestOf(plan: Plan, { testCaller, ids }: Stage): Promise<RawRequest> {
  const one = served.find(({ name }) => name === plan.name) as Served;
  const { api, route } = one;
  let at = 0;
  const path = route.path.replace(
    /:\w+/g,
    () => plan.pieces[at++] ?? ids[at % Math.max(1, ids.length)] ?? 'x',
  );
  const query = plan.query.map(([name, value]) => `${name}=${value}`).join('&');
  const hasBody = route.body !== undefined || 'raw' in plan.body;
  const body =
    'raw' in plan.body ? plan.body.raw : changed(await sampleBody(app, one, testCaller), plan.body.changes);
  const credential = plan.credential === 'none' ? undefined : testCaller[plan.credential];
  return {
    method: plan.method ?? route.method,
    path: `/${api.name}${path}${query && `?${query}`}`,
    headers: [...(credential ? ([['authorization', `Bearer ${credential}`]] as const) : []), ...plan.headers],
    body: hasBody && route.method !== 'GET' ? body : undefined,
  };
}

describe.each(apis.map((api) => [api.name, api] as const))('%s', (name, api) => {
  it('answers whatever comes with its own errors, never a 5xx, and an error changes nothing', {
    timeout: 3_600_000,
  }, async () => {
    const routes = served.filter((one) => one.api.name === name);
    const statuses = new Map<number, number>();
    let stage = await newStage(name);

    async function holds(plan: Plan): Promise<void> {
      const request = await requestOf(plan, stage);
      const before = await databaseState(app);
      const answer = await rawCall(app.url, request);
      const after = await databaseState(app);
      const { status, type, text } = answer;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const shown = JSON.stringify({
        ...request,
        body: String(request.body).slice(0, 300),
        answer: text.slice(0, 300),
      });
      if (status === 503) expect(text, shown).toMatch(/OVERLOADED|busy|not configured|provider/i);
      else expect(status, shown).toBeLessThan(500);
      if (status >= 400 && text !== '') {
        expect(type, shown).toBe('application/json; charset=utf-8');
        expect(api.errors.bodySchema.safeParse(JSON.parse(text)), shown).toMatchObject({ success: true });
      }
      if (status >= 400) expect(after, shown).toEqual(before);
      // Deleted, signed out or refilled: the next request needs somebody to come from again.
      if (status === 401 || (status < 300 && request.method !== 'GET')) stage = await newStage(name);
    }

    const successes = () => [...statuses.keys()].filter((status) => status < 300).length;
    await fuzz([fc.oneof(...routes.map(plans))], holds, () => successes() > 0 && statuses.size > 4);
    expect(successes()).toBeGreaterThan(0);
    expect(statuses.size).toBeGreaterThan(4);
  });
});
