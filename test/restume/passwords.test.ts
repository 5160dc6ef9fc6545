import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import { password, restumeOf } from './support/restume.ts';

const app = useApp();
const restume = restumeOf(app);

const forgot = (email: unknown) => restume.post('/auth/forgot-password', { email });
const reset = (token: unknown, new_password: unknown = 'a new horse battery') =>
  restume.post('/auth/reset-password', { token, new_password });

/** The recovery token of the newest mail to an address. */
async function recoveryToken(email: string): Promise<string> {
  await forgot(email).expect(200);
  const mail = (await app.mails()).findLast(({ to }) => to.includes(email));
  const token = /[?&]token=([0-9a-f]{48})/.exec(mail?.text ?? '')?.[1];
  if (!token) throw new Error(`no recovery token for ${email}`);
  return token;
}

describe('POST /v1/auth/forgot-password', () => {
  it('answers the same for a known and an unknown address, and mails only the first', async () => {
    const { email } = await restume.join();
    const before = (await app.mails()).length;
    const [known, unknown] = [await forgot(email), await forgot('stranger@example.com')];
    expect([known.status, unknown.status]).toEqual([200, 200]);
    expect(unknown.body).toEqual(known.body);
    expect(known.body).toEqual({ message: expect.any(String) });
    const mails = (await app.mails()).slice(before);
    expect(mails.map(({ to }) => to)).toEqual([email]);
  });

  it('looks at the account only after it has answered', async () => {
    const { email } = await restume.join();
    await app.services.background.drain();
    const { run } = app.services.background;
    const later: (() => Promise<void>)[] = [];
    Object.assign(app.services.background, {
      run: (_name: string, work: () => Promise<void>, delayMs?: number) => {
        later.push(work);
        // Not even its beginning may be in the time of the answer.
        expect(delayMs).toBeGreaterThanOrEqual(50);
      },
    });
    expect(await app.statements(() => forgot(email))).toEqual([]);
    expect(await app.statements(() => forgot('stranger@example.com'))).toEqual([]);
    expect(later).toHaveLength(2);
    Object.assign(app.services.background, { run });
  });

  it.each([
    [undefined, 'missing'],
    ['nobody', 'value_error'],
  ])('answers 422 for %j', async (email, type) => {
    const { status, body } = await forgot(email);
    expect(status).toBe(422);
    expect(body.detail).toEqual([{ loc: ['body', 'email'], msg: expect.any(String), type }]);
  });
});

describe('POST /v1/auth/reset-password', () => {
  it('sets the password, ends every session and leaves the keys', async () => {
    const { username, email, token } = await restume.join();
    const { raw_key } = await restume.makeKey(token);
    const { status, body } = await reset(await recoveryToken(email));
    expect([status, body]).toEqual([200, { message: expect.any(String) }]);
    await restume.get('/me/account', token).expect(401);
    await restume.get('/me/account', raw_key).expect(200);
    await restume.post('/auth/login', { username, password }).expect(401);
    await restume.login(username, 'a new horse battery');
  });

  it('takes a token once, also of many at the same time', async () => {
    const { email } = await restume.join();
    const token = await recoveryToken(email);
    const answers = await Promise.all(Array.from({ length: 5 }, () => reset(token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
    expect((await reset(token)).body).toEqual({
      detail: 'This link or code is unknown or was already used.',
    });
  });

  it('answers 400 for an unknown, a replaced and an expired token', async () => {
    const { email } = await restume.join();
    await reset('0'.repeat(48)).expect(400);
    const older = await recoveryToken(email);
    const newer = await recoveryToken(email);
    await reset(older).expect(400);
    await app.db.oneTimeSecret.updateMany({ where: { account: { email } }, data: { expiresAt: new Date() } });
    const { status, body } = await reset(newer);
    expect([status, body]).toEqual([400, { detail: 'This link or code has expired.' }]);
  });

  it('lets a token live 30 minutes', async () => {
    const { email } = await restume.join();
    await recoveryToken(email);
    const { createdAt, expiresAt } = await app.db.oneTimeSecret.findFirstOrThrow({
      where: { account: { email }, purpose: 'PASSWORD_RESET' },
    });
    expect(Math.abs(expiresAt.getTime() - createdAt.getTime() - 30 * 60_000)).toBeLessThan(5000);
  });

  it.each([
    ['short', 'string_too_short'],
    ['p'.repeat(129), 'string_too_long'],
    [undefined, 'missing'],
  ])('answers 422 for the password %j and leaves the token good', async (newPassword, type) => {
    const { email } = await restume.join();
    const token = await recoveryToken(email);
    const { status, body } = await restume.post('/auth/reset-password', { token, new_password: newPassword });
    expect(status).toBe(422);
    expect(body.detail).toEqual([{ loc: ['body', 'new_password'], msg: expect.any(String), type }]);
    await reset(token).expect(200);
  });

  it('answers 422 without a token', async () => {
    const { status, body } = await reset(undefined);
    expect([status, body.detail[0].loc]).toEqual([422, ['body', 'token']]);
  });
});
