import { afterEach, describe, expect, it, vi } from 'vitest';
import { useApp } from '../support/app.ts';

const app = useApp();
afterEach(() => vi.restoreAllMocks());

/** Somebody with a key that is known by heart. */
async function warm() {
  const account = await app.makeAccount();
  const key = await app.makeKey(account);
  const me = () => app.request.get('/binboi/api/v1/auth/me').auth(key, { type: 'bearer' });
  await me().expect(200);
  expect(await app.statements(me)).toHaveLength(0);
  const revokeElsewhere = () =>
    app.db.apiKey.updateMany({ where: { accountId: account.id }, data: { revokedAt: new Date() } });
  return { account, me, revokeElsewhere };
}

describe('what is remembered of a credential', () => {
  it('is not believed while the line to the other instances is down', async () => {
    const { me, revokeElsewhere } = await warm();
    vi.spyOn(app.services.events, 'healthy').mockReturnValue(false);
    expect(await app.statements(me)).toHaveLength(1);
    expect(await app.statements(me)).toHaveLength(1);
    await revokeElsewhere();
    await me().expect(401);
  });

  it('ends by a word from another instance', async () => {
    const { account, me, revokeElsewhere } = await warm();
    await revokeElsewhere();
    await app.services.events.publish('account-changed', account.id);
    await me().expect(401);
  });

  it('lasts a minute at most, should that word be lost', async () => {
    const { me, revokeElsewhere } = await warm();
    await revokeElsewhere();
    const { now } = performance;
    const started = now.call(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + 61_000);
    expect(performance.now()).toBeGreaterThan(started + 60_000);
    // The clock is looked at once a second.
    await vi.waitFor(() => me().expect(401), { timeout: 10_000, interval: 100 });
  });
});
