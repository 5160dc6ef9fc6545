import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMailLimits } from '../../src/graph/identity/account/mailLimits.ts';
import { createLimiters } from '../../src/platform/limiter/limiters.ts';
import { useApp } from '../support/app.ts';
import { person, restumeOf } from './support/restume.ts';

const app = useApp({ DISABLE_RATE_LIMIT: 'false' });
const restume = restumeOf(app);

const resend = (email: unknown) => restume.post('/auth/resend-verification', { email });
const mailsTo = async (email: string) => (await app.mails()).filter(({ to }) => to.includes(email)).length;

describe('POST /v1/auth/resend-verification', () => {
  it('answers the same for a known, an unknown and a verified address, and mails only the first', async () => {
    const waiting = person();
    await restume.post('/auth/register', waiting).expect(201);
    const { email: verified } = await app.makeAccount();
    const answers = [
      await resend(waiting.email),
      await resend('stranger@example.com'),
      await resend(verified),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toEqual(answers[0]?.body);
    }
    expect(await mailsTo(waiting.email)).toBe(2);
    expect(await mailsTo('stranger@example.com')).toBe(0);
    expect(await mailsTo(verified)).toBe(0);
  });

  it('mails once a minute, whichever API asks, and still answers the same', async () => {
    const { email } = person();
    await restume.post('/auth/register', person({ email })).expect(201);
    await resend(email).expect(200);
    await resend(email).expect(200);
    await app.request.post('/binboi/api/auth/resend-verification').send({ email }).expect(200);
    expect(await mailsTo(email)).toBe(2);
  });

  it('leaves the code that was mailed good when a new one is refused', async () => {
    const { email } = person();
    await restume.post('/auth/register', person({ email })).expect(201);
    await resend(email).expect(200);
    const code = await restume.codeFor(email);
    await resend(email).expect(200);
    await app.services.background.drain();
    await restume.post('/auth/verify-email', { email, code }).expect(200);
  });

  it('mails nobody whose account was switched off', async () => {
    const { email } = await app.makeAccount({ verified: false, active: false });
    await resend(email).expect(200);
    expect(await mailsTo(email)).toBe(0);
  });

  it.each([
    [undefined, 'missing'],
    ['', 'missing'],
    ['nobody', 'value_error'],
    [{ to: 'a@example.com' }, 'type_error'],
  ])('answers 422 for %j', async (email, type) => {
    const { status, body } = await resend(email);
    expect(status).toBe(422);
    expect(body.detail).toEqual([{ loc: ['body', 'email'], msg: expect.any(String), type }]);
  });
});

describe('the limit of verification mails', () => {
  it('allows one a minute and five an hour for an address', async () => {
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
    const limits = createMailLimits(createLimiters({ disabled: false, onStoreError: () => {} }));
    const allowed = [];
    for (let minute = 0; minute < 7; minute++) {
      allowed.push(await limits.allow('verification', 'a@example.com'));
      expect(await limits.allow('verification', 'a@example.com')).toBe(false);
      vi.advanceTimersByTime(61_000);
    }
    expect(allowed).toEqual([true, true, true, true, true, false, false]);
  });
});
