import fc from 'fast-check';
import { expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import { databaseState } from './support/databaseState.ts';
import { fuzz } from './support/fuzzing.ts';
import { brokenGraphql, type GraphqlPlan, graphqlPlans } from './support/graphqlPlans.ts';
import { oddHeaders } from './support/oddities.ts';
import { rawCall } from './support/rawCall.ts';
import { settle } from './support/samples.ts';

const app = useApp();

/** An administrator, so that every root field is reached. */
async function newCredential(): Promise<string> {
  // What is still written after an answer takes the same rows in another order.
  await app.services.background.drain();
  await app.db.account.deleteMany({});
  const account = await app.makeAccount({ administrator: true, plan: 'SCALE' });
  const session = await app.makeSession(account);
  await settle(app, { account, session, key: await app.makeKey(account) });
  return session;
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string; requestId?: string } }[];
}

it('POST /graphql answers whatever comes, never with a 5xx or an INTERNAL, and a failure changes nothing', {
  timeout: 3_600_000,
}, async () => {
  let credential = await newCredential();
  const codes = new Map<string, number>();

  async function holds(
    plan: GraphqlPlan | string,
    odd: readonly (readonly [string, string])[],
  ): Promise<void> {
    const body = typeof plan === 'string' ? plan : JSON.stringify(plan);
    const usual = [
      ['authorization', `Bearer ${credential}`],
      ['content-type', 'application/json'],
    ] as const;
    const headers = [...usual.filter(([name]) => !odd.some(([other]) => other === name)), ...odd];
    const before = await databaseState(app);
    const { status, text } = await rawCall(app.url, { method: 'POST', path: '/graphql', headers, body });
    const after = await databaseState(app);
    const shown = JSON.stringify({
      body: body.slice(0, 400),
      headers: odd,
      status,
      answer: text.slice(0, 400),
    });
    expect(status, shown).toBeLessThan(500);
    const { data, errors }: Answer = text === '' ? {} : JSON.parse(text);
    for (const { extensions } of errors ?? []) {
      codes.set(String(extensions?.code), (codes.get(String(extensions?.code)) ?? 0) + 1);
      expect(extensions?.code, shown).toMatch(/^[A-Z_]+$/);
      expect(extensions?.code, shown).not.toMatch(/INTERNAL/);
    }
    if (status >= 400 || (errors && !Object.values(data ?? {}).some(Boolean)))
      expect(after, shown).toEqual(before);
    if (status === 401 || /"CREDENTIAL_INVALID"/.test(text) || /mutation/.test(body))
      credential = await newCredential();
  }

  const some = fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: oddHeaders });
  const plans = fc.oneof({ weight: 4, arbitrary: graphqlPlans }, { weight: 1, arbitrary: brokenGraphql });
  await fuzz([plans, some], holds, () => codes.size > 4);
  expect(codes.size).toBeGreaterThan(4);
});
