import { describe, expect, it, vi } from 'vitest';
import { identityServices } from '../../src/graph/identity/services.ts';
import { sha256Hex } from '../../src/platform/secrets/tokens.ts';
import { useApp } from '../support/app.ts';
import { withArrivalGate } from '../support/arrivalGate.ts';
import { person, restumeOf } from './support/restume.ts';

const app = useApp();
const restume = restumeOf(app);

const rejection = { detail: 'The code is wrong, was already used, or has expired.' };

/** Somebody who has registered and not proven the address. */
async function registered() {
  const { email } = person();
  await restume.post('/auth/register', person({ email })).expect(201);
  const code = await restume.codeFor(email);
  const wrong = code === '000000' ? '000001' : '000000';
  return { email, code, wrong };
}
const verify = (email: string, code: string) => restume.post('/auth/verify-email', { email, code });
const secretOf = (email: string) =>
  app.db.oneTimeSecret.findFirstOrThrow({ where: { account: { email }, purpose: 'EMAIL_CODE' } });
const isVerified = async (email: string) =>
  (await app.db.account.findUniqueOrThrow({ where: { email } })).emailVerifiedAt !== null;

describe('POST /v1/auth/verify-email', () => {
  it('proves the address with the code from the mail', async () => {
    const { email, code } = await registered();
    const { status, body } = await verify(` ${email.toUpperCase()} `, code);
    expect(status).toBe(200);
    expect(body).toEqual({ message: expect.any(String), verified: true });
    expect(await isVerified(email)).toBe(true);
  });

  it('takes a code once', async () => {
    const { email, code } = await registered();
    await verify(email, code).expect(200);
    const { status, body } = await verify(email, code);
    expect([status, body]).toEqual([400, rejection]);
  });

  it('answers 400 for a wrong code, for what is no code, and for an unknown address alike', async () => {
    const { email, wrong } = await registered();
    const answers = [
      await verify(email, wrong),
      await verify(email, '12345'),
      await verify(email, 'abcdef'),
      await verify(email, '１２３４５６'),
      await verify('stranger@example.com', wrong),
    ];
    for (const { status, body } of answers) expect([status, body]).toEqual([400, rejection]);
    expect(await isVerified(email)).toBe(false);
  });

  it('costs as many statements for an unknown address as for a known one', async () => {
    const { email, wrong } = await registered();
    const known = await app.statements(() => verify(email, wrong));
    const unknown = await app.statements(() => verify('stranger@example.com', wrong));
    expect(unknown).toHaveLength(known.length);
  });

  it('kills the code with the fifth wrong try', async () => {
    const { email, code, wrong } = await registered();
    for (let tries = 0; tries < 4; tries++) await verify(email, wrong).expect(400);
    // Of twenty in all; each client has five.
    expect(await secretOf(email)).toMatchObject({ triesLeft: 16 });
    await verify(email, wrong).expect(400);
    const { status, body } = await verify(email, code);
    expect([status, body]).toEqual([400, rejection]);
  });

  it('still takes the right code on the fifth try', async () => {
    const { email, code, wrong } = await registered();
    for (let tries = 0; tries < 4; tries++) await verify(email, wrong).expect(400);
    await verify(email, code).expect(200);
  });

  it('lets a code live 15 minutes', async () => {
    const { email, code } = await registered();
    const { createdAt, expiresAt } = await secretOf(email);
    expect(expiresAt.getTime() - createdAt.getTime()).toBe(15 * 60_000);
    await app.db.oneTimeSecret.updateMany({ where: { account: { email } }, data: { expiresAt: new Date() } });
    const { status, body } = await verify(email, code);
    expect([status, body]).toEqual([400, rejection]);
  });

  it('takes only the newest code, which has five tries again', async () => {
    const { email, code, wrong } = await registered();
    for (let tries = 0; tries < 5; tries++) await verify(email, wrong).expect(400);
    await restume.post('/auth/resend-verification', { email }).expect(200);
    const newest = await restume.codeFor(email);
    if (newest !== code) await verify(email, code).expect(400);
    await verify(email, newest).expect(200);
  });

  it('does not take one account’s code for another', async () => {
    const [ada, eve] = [await registered(), await registered()];
    if (ada.code !== eve.code) await verify(ada.email, eve.code).expect(400);
    expect(await isVerified(ada.email)).toBe(false);
    await verify(ada.email, ada.code).expect(200);
  });

  it('keeps an HMAC of the code, which a table of all codes does not undo', async () => {
    const { email, code } = await registered();
    const { hash, accountId } = await secretOf(email);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect([sha256Hex(code), sha256Hex(`${accountId}:${code}`)]).not.toContain(hash);
  });

  it('revokes what was made before the proof', async () => {
    const { email, code } = await registered();
    const account = await app.db.account.findUniqueOrThrow({ where: { email } });
    const [session, key] = [await app.makeSession(account), await app.makeKey(account, 'RESTUME')];
    await restume.get('/me/account', session).expect(403);
    await restume.get('/me/account', key).expect(403);
    await verify(email, code).expect(200);
    await restume.get('/me/account', session).expect(401);
    await restume.get('/me/account', key).expect(401);
  });

  it.each([
    [{ code: '123456' }, ['body', 'email'], 'missing'],
    [{ email: 'a@example.com' }, ['body', 'code'], 'missing'],
    [{ email: 'a@example.com', code: '' }, ['body', 'code'], 'missing'],
    [{ email: 'nobody', code: '123456' }, ['body', 'email'], 'value_error'],
    [{ email: 'a@example.com', code: 123456 }, ['body', 'code'], 'type_error'],
  ])('answers 422 for %j', async (body, loc, type) => {
    const answer = await restume.post('/auth/verify-email', body);
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toEqual([{ loc, msg: expect.any(String), type }]);
  });
});

describe('codes that are sent twenty at a time', () => {
  const twenty = <T>(work: () => PromiseLike<T>) => Promise.all(Array.from({ length: 20 }, work));

  it('succeed exactly once when they are right', async () => {
    const { email, code } = await registered();
    const answers = await withArrivalGate(app, { model: 'account', operation: 'findUnique', count: 20 }, () =>
      twenty(() => verify(email, code)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)]);
  });

  it('succeed exactly once when five have matched before one is used up', async () => {
    const { email, code } = await registered();
    const answers = await withArrivalGate(
      app,
      { model: 'oneTimeSecret', operation: 'updateManyAndReturn', count: 20 },
      () => twenty(() => verify(email, code)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
  });

  it('are compared at most five times when they are wrong', async () => {
    const { email, code, wrong } = await registered();
    const compared = vi.spyOn(identityServices(app).codes, 'matches');
    const answers = await withArrivalGate(app, { model: 'account', operation: 'findUnique', count: 20 }, () =>
      twenty(() => verify(email, wrong)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(400));
    expect(compared).toHaveBeenCalledTimes(5);
    compared.mockRestore();
    await verify(email, code).expect(400);
  });

  it('are compared at most five times as aliases of one GraphQL request', async () => {
    const { email, code, wrong } = await registered();
    const alias = (name: string) =>
      `${name}: verifyEmailCode(input: {email: "${email}", code: "${wrong}"}) { account { id } }`;
    const compared = vi.spyOn(identityServices(app).codes, 'matches');
    const aliases = Array.from({ length: 10 }, (_, index) => alias(`a${index}`));
    const { errors } = await app.graphql(`mutation { ${aliases.join(' ')} }`);
    expect(errors?.[0]?.extensions.code).toBe('CODE_INVALID');
    await app.graphql(`mutation { ${aliases.join(' ')} }`);
    expect(compared.mock.calls.length).toBeLessThanOrEqual(5);
    compared.mockRestore();
    for (let tries = 0; tries < 5; tries++) await verify(email, wrong);
    await verify(email, code).expect(400);
  });
});
