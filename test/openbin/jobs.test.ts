import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Services } from '../../src/graph/core/services.ts';
import { purgeOldSessions } from '../../src/graph/identity/deletion/due.ts';
import { startJobs } from '../../src/jobs.ts';
import { password } from '../support/app.ts';
import { cookiesOf, jar, useOpenbin } from './support.ts';

// OpenBin 26 and 4.3: what is done now and then. What is due of accounts is in deletion.test.ts.
describe('the jobs', () => {
  afterEach(() => vi.useRealTimers());

  it('run soon after the start and then every hour, until the server stops', () => {
    vi.useFakeTimers();
    const ran: string[] = [];
    const background = { run: (name: string) => void ran.push(name) };
    const stop = startJobs({ background } as unknown as Services);
    // Notices that were collected are sent every minute.
    const hourly = () => ran.filter((name) => name !== 'send security notices');
    const all = [
      'normalise texts',
      'erase accounts that are due',
      'purge old sessions',
      'purge sent notices',
      'erase unused accounts',
      'purge old security events',
      'purge old mails',
    ];
    vi.advanceTimersByTime(60_000);
    expect(hourly()).toEqual(all);
    vi.advanceTimersByTime(3600_000);
    expect(hourly()).toEqual([...all, ...all]);
    stop();
    const before = ran.length;
    vi.advanceTimersByTime(24 * 3600_000);
    expect(ran).toHaveLength(before);
  });
});

describe('refresh tokens that have expired', () => {
  const app = useOpenbin();

  it('are kept for 30 days, in which a replay is seen, and then deleted with their sessions', async () => {
    const who = { account: await app.makeAccount() };
    const login = () =>
      app.call('post', '/auth/login').send({ email: who.account.email, password }).expect(200);
    const refresh = (cookies: ReturnType<typeof cookiesOf>) =>
      app
        .call('post', '/auth/refresh')
        .set('Cookie', jar(cookies))
        .set('X-CSRF-Token', cookies['openbin-csrf']?.value ?? '');
    const [old, recent, live] = [
      cookiesOf(await login()),
      cookiesOf(await login()),
      cookiesOf(await login()),
    ];
    const sessions = await app.db.session.findMany({
      where: { accountId: who.account.id },
      orderBy: { id: 'asc' },
    });
    for (const [at, days] of [31, 29].entries()) {
      const expiresAt = new Date(Date.now() - days * 24 * 3600_000);
      const id = sessions[at]?.id ?? '';
      await app.db.session.update({
        where: { id },
        data: { expiresAt, refreshTokens: { updateMany: { where: {}, data: { expiresAt } } } },
      });
    }
    await purgeOldSessions(app.services);
    const left = await app.db.session.findMany({
      where: { accountId: who.account.id },
      orderBy: { id: 'asc' },
      include: { refreshTokens: true },
    });
    expect(left.map(({ id, refreshTokens }) => [id, refreshTokens.length])).toEqual([
      [sessions[1]?.id, 1],
      [sessions[2]?.id, 1],
    ]);
    for (const cookies of [old, recent]) await refresh(cookies).expect(401);
    await refresh(live).expect(200);
  });
});
