import { beforeAll, describe, expect, it } from 'vitest';
import type { Account, ApiKeyFormat, Plan } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { useApp } from '../support/app.ts';

// SECURITY.md: neither keys without end nor sessions without end are calls without end.
const app = useApp({ DISABLE_RATE_LIMIT: 'false' });

const write = (credential: string) =>
  app.request
    .post('/binboi/api/v1/tunnels')
    .auth(credential, { type: 'bearer' })
    .send({ target: 'nonsense' });
const left = ({ headers }: { headers: Record<string, string> }) => Number(headers['x-ratelimit-remaining']);

describe('beside the limit of a key stands one of the account', () => {
  it('180 writes a minute at Binboi for FREE, whatever the form of the keys, sessions too; the smaller is shown', async () => {
    const account = await app.makeAccount();
    const formats = ['BINBOI', 'BINBOI', 'OPENBIN', 'RESTUME'] as const;
    const [first, second, third, last] = await Promise.all(formats.map((each) => app.makeKey(account, each)));
    const session = await app.makeSession(account);
    let answer = await write(first as string);
    expect(left(answer)).toBe(59);
    for (const [key, times] of [
      [first, 59],
      [second, 60],
      [third, 50],
    ] as const) {
      for (let time = 0; time < times; time++) answer = await write(key as string);
      expect(answer.status).toBe(400);
    }
    // 170 of 180 are used: the third key has ten left by either count.
    expect(left(answer)).toBe(10);
    answer = await write(session);
    expect([answer.status, left(answer)]).toEqual([400, 9]);
    for (let time = 0; time < 9; time++) answer = await write(last as string);
    expect([answer.status, left(answer)]).toEqual([400, 0]);
    for (const credential of [last as string, session, third as string]) {
      const refused = await write(credential);
      expect([refused.status, refused.body.code, left(refused)]).toEqual([429, 'RATE_LIMITED', 0]);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    }
    // Others are not touched.
    expect(left(await write(await app.makeKey(await app.makeAccount())))).toBe(59);
  });
});

describe('live keys are bounded in every form', () => {
  const bounds: [ApiKeyFormat, Plan, number][] = [
    ['BINBOI', 'FREE', 3],
    ['BINBOI', 'PRO', 25],
    ['BINBOI', 'SCALE', 1000],
    ['OPENBIN', 'SCALE', 10],
    ['RESTUME', 'SCALE', 25],
    ['BINGO', 'SCALE', 25],
  ];
  let accounts: Map<Plan, Account>;
  beforeAll(async () => {
    const made = ['FREE', 'PRO', 'SCALE'] as const;
    accounts = new Map(
      await Promise.all(made.map(async (plan) => [plan, await app.makeAccount({ plan })] as const)),
    );
  });

  it.each(bounds)('%s, %s: %i', async (format, plan, max) => {
    const account = accounts.get(plan) as Account;
    const session = await app.makeSession(account);
    await app.db.apiKey.createMany({
      data: Array.from({ length: max - 1 }, () => {
        const id = newId();
        return { id, accountId: account.id, format, name: '', prefix: id, hash: id };
      }),
    });
    const create = `mutation { createApiKey(input: { format: ${format} }) { text } }`;
    const answers = await Promise.all([1, 2, 3].map(() => app.graphql(create, {}, session)));
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'made');
    expect(codes.sort()).toEqual(['API_KEY_LIMIT_REACHED', 'API_KEY_LIMIT_REACHED', 'made']);
  });
});
