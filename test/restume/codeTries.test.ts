import { describe, expect, it } from 'vitest';
import { createMailLimits } from '../../src/graph/identity/account/mailLimits.ts';
import { createLimiters } from '../../src/platform/limiter/limiters.ts';
import { useApp } from '../support/app.ts';
import { person, restumeOf } from './support/restume.ts';

// S27: what a stranger uses up must not be the owner's.
const app = useApp({ TRUST_PROXY: '1' });
const restume = restumeOf(app);

async function registered() {
  const { email } = person();
  await restume.post('/auth/register', person({ email })).expect(201);
  const code = await restume.codeFor(email);
  return { email, code, wrong: code === '000000' ? '000001' : '000000' };
}
const tryFrom = async (client: string, email: string, code: string) =>
  (await restume.post('/auth/verify-email', { email, code }).set('X-Forwarded-For', client)).status;

describe('wrong codes', () => {
  it('of a stranger leave the owner, at another address, their own five tries', async () => {
    const { email, code, wrong } = await registered();
    for (let tries = 0; tries < 9; tries++) expect(await tryFrom('203.0.113.7', email, wrong)).toBe(400);
    for (let tries = 0; tries < 4; tries++) expect(await tryFrom('198.51.100.1', email, wrong)).toBe(400);
    expect(await tryFrom('203.0.113.7', email, code)).toBe(400);
    expect(await tryFrom('198.51.100.1', email, code)).toBe(200);
  });

  it('from one IPv6 network of 64 bits count together', async () => {
    const { email, code, wrong } = await registered();
    for (let host = 1; host <= 5; host++) await tryFrom(`2001:db8:1:2::${host}`, email, wrong);
    expect(await tryFrom('2001:db8:1:2::99', email, code)).toBe(400);
    expect(await tryFrom('2001:db8:1:3::1', email, code)).toBe(200);
  });

  it('are twenty in all, from however many addresses', async () => {
    const { email, code, wrong } = await registered();
    for (let client = 0; client < 20; client++) await tryFrom(`203.0.113.${client}`, email, wrong);
    expect(await tryFrom('198.51.100.1', email, code)).toBe(400);
  });

  it('are nineteen and the right one: it still works', async () => {
    const { email, code, wrong } = await registered();
    for (let client = 0; client < 19; client++) await tryFrom(`203.0.113.${client}`, email, wrong);
    expect(await tryFrom('198.51.100.1', email, code)).toBe(200);
  });

  it('sent thirty at once from ten addresses take twenty tries and not one more', async () => {
    const { email, wrong } = await registered();
    const clients = Array.from({ length: 30 }, (_, at) => `203.0.113.${at % 10}`);
    const answers = await Promise.all(clients.map((client) => tryFrom(client, email, wrong)));
    expect(new Set(answers)).toEqual(new Set([400]));
    const where = { account: { email }, purpose: 'EMAIL_CODE' } as const;
    expect((await app.db.oneTimeSecret.findFirstOrThrow({ where })).triesLeft).toBe(0);
  });
});

describe('the limit of mails', () => {
  const limitsNow = () => createMailLimits(createLimiters({ disabled: false, onStoreError: () => {} }));

  it.each([
    'verification',
    'reset',
  ] as const)('lets one client have one a minute, and others theirs: %s', async (kind) => {
    const limits = limitsNow();
    const ask = (client: string) => limits.allow(kind, 'a@example.com', client);
    expect([await ask('203.0.113.7'), await ask('203.0.113.7'), await ask('198.51.100.1')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it.each(['verification', 'reset'] as const)('is twenty an hour for a mailbox: %s', async (kind) => {
    const limits = limitsNow();
    const allowed: boolean[] = [];
    for (let client = 0; client < 25; client++) {
      allowed.push(await limits.allow(kind, 'a@example.com', `203.0.113.${client}`));
    }
    expect(allowed.filter(Boolean)).toHaveLength(20);
    expect(await limits.allow(kind, 'b@example.com', '203.0.113.1')).toBe(true);
  });
});

describe('POST /v1/auth/forgot-password', () => {
  const limited = useApp({ DISABLE_RATE_LIMIT: 'false', TRUST_PROXY: '1' });

  it('is answered the same, and a stranger’s calls leave the owner theirs', async () => {
    const { email } = await limited.makeAccount();
    const ask = (client: string) =>
      limited.request.post('/restume/v1/auth/forgot-password').set('X-Forwarded-For', client).send({ email });
    const answers = [await ask('203.0.113.7'), await ask('203.0.113.7'), await ask('198.51.100.1')];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const mails = (await limited.mails()).filter(({ to }) => to.includes(email));
    expect(mails).toHaveLength(2);
  });
});
