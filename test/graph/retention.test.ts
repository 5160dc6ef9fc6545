import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { eraseUnusedAccounts } from '../../src/graph/identity/deletion/unused.ts';
import { purgeOutbox } from '../../src/platform/mail/outbox.ts';
import { startTestApp, useApp } from '../support/app.ts';

const app = useApp();
const dayMs = 24 * 3600_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs);
const old = { createdAt: daysAgo(31) };

async function made(data: object = old): Promise<Account> {
  const { id } = await app.makeAccount({ verified: false });
  return app.db.account.update({ where: { id }, data });
}
const isThere = async ({ id }: Account) => (await app.db.account.count({ where: { id } })) === 1;

describe('S24: an account that was never used and never proven', () => {
  it('is erased after UNUSED_ACCOUNT_RETENTION_DAYS, not before', async () => {
    const [unused, young] = [await made(), await made({ createdAt: daysAgo(29) })];
    await app.db.session.create({
      data: {
        id: newId(),
        accountId: unused.id,
        kind: 'LONG_LIVED',
        tokenVersion: 0,
        expiresAt: daysAgo(1),
      },
    });
    await Promise.all([eraseUnusedAccounts(app.services), eraseUnusedAccounts(app.services)]);
    expect([await isThere(unused), await isThere(young)]).toEqual([false, true]);
    const events = await app.db.securityEvent.findMany({ where: { accountId: unused.id } });
    expect(events).toMatchObject([{ name: 'account_deleted', actorId: null, actorName: null }]);
  });

  const uses: [string, (account: Account) => PromiseLike<unknown>][] = [
    ['a key', (account) => app.makeKey(account)],
    ['a session', (account) => app.makeSession(account)],
    [
      'a location',
      ({ id }) =>
        app.db.location.create({
          data: {
            id: newId(),
            name: 'Home',
            inviteCode: newId(),
            memberships: { create: { id: newId(), accountId: id, role: 'ADMIN' } },
          },
        }),
    ],
    [
      'a tunnel',
      ({ id: accountId }) =>
        app.db.tunnel.create({
          data: { id: newId(), accountId, subdomain: newId(), target: 'http://localhost:1' },
        }),
    ],
    [
      'an organization',
      ({ id, email }) =>
        app.db.organization.create({
          data: {
            ownerId: id,
            name: 'x',
            contactEmail: email,
            members: { create: { id: newId(), accountId: id, role: 'OWNER' } },
          },
        }),
    ],
    [
      'an address that was proven once',
      ({ id }) => app.db.account.update({ where: { id }, data: { firstProvenAt: new Date() } }),
    ],
    ['a plan', ({ id }) => app.db.account.update({ where: { id }, data: { plan: 'PRO' } })],
  ];
  it.each(uses)('stays with %s', async (_name, use) => {
    const account = await made();
    await use(account);
    await eraseUnusedAccounts(app.services);
    expect(await isThere(account)).toBe(true);
  });

  it('stays for ever with 0 days', async () => {
    const keeping = await startTestApp({ UNUSED_ACCOUNT_RETENTION_DAYS: '0' });
    const { id } = await keeping.makeAccount({ verified: false });
    await keeping.db.account.update({ where: { id }, data: { createdAt: daysAgo(4000) } });
    await eraseUnusedAccounts(keeping.services);
    expect(await keeping.db.account.count({ where: { id } })).toBe(1);
    await keeping.stop();
  });
});

describe('S24: mails in the outbox', () => {
  it('are deleted after OUTBOX_RETENTION_DAYS, and nothing else there', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-outbox-'));
    const put = async (name: string, days: number) => {
      await mkdir(join(dataDir, 'outbox'), { recursive: true });
      const file = join(dataDir, 'outbox', name);
      writeFileSync(file, 'x');
      utimesSync(file, daysAgo(days), daysAgo(days));
      return file;
    };
    const retention = { ...app.config.retention, outboxDays: 30 };
    // Nothing was mailed yet.
    await purgeOutbox({ dataDir, retention });
    const [gone, draft] = [await put('a.eml', 31), await put('.b.eml.tmp', 31)];
    const stay = [await put('c.eml', 29), await put('notes.txt', 99)];
    await purgeOutbox({ dataDir, retention: { ...retention, outboxDays: 0 } });
    expect(existsSync(gone)).toBe(true);
    await purgeOutbox({ dataDir, retention });
    expect([gone, draft, ...stay].map((file) => existsSync(file))).toEqual([false, false, true, true]);
    rmSync(dataDir, { recursive: true });
  });
});
