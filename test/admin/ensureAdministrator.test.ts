import { beforeEach, expect, test, vi } from 'vitest';
import { ensureAdministrator } from '../../src/admin/ensureAdministrator.ts';
import { useApp } from '../support/app.ts';

const app = useApp();
beforeEach(async () => {
  await app.db.account.deleteMany();
});

const adminEmail = 'root@example.com';
const adminPassword = 'correct horse battery';
const ensure = (variables = { adminEmail, adminPassword } as Parameters<typeof ensureAdministrator>[0]) =>
  ensureAdministrator(variables, app.services);

test('makes a verified administrator once, also when several servers start together', async () => {
  await Promise.all([ensure(), ensure(), ensure()]);
  await ensure();
  const accounts = await app.db.account.findMany();
  expect(accounts).toMatchObject([
    { email: adminEmail, administrator: true, active: true, emailVerifiedAt: expect.any(Date) },
  ]);
});

test('leaves an account that has the address as it is, and says so', async () => {
  const before = await app.makeAccount({ email: adminEmail, verified: false });
  const warn = vi.spyOn(app.services.log, 'warn');
  await ensure();
  expect(await app.db.account.findMany()).toEqual([before]);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('no administrator'));
  warn.mockRestore();
});

test('one variable without the other does nothing but warn', async () => {
  const warn = vi.spyOn(app.services.log, 'warn');
  await ensure({ adminEmail, adminPassword: undefined });
  await ensure({ adminEmail: undefined, adminPassword });
  await ensure({ adminEmail: undefined, adminPassword: undefined });
  expect(warn.mock.calls).toEqual([
    ['ADMIN_EMAIL does nothing without ADMIN_PASSWORD'],
    ['ADMIN_PASSWORD does nothing without ADMIN_EMAIL'],
  ]);
  expect(await app.db.account.count()).toBe(0);
  warn.mockRestore();
});

test.each([
  [{ adminEmail, adminPassword: 'short' }, 'ADMIN_PASSWORD must have at least 8 characters.'],
  [{ adminEmail: 'root@localhost', adminPassword }, 'ADMIN_EMAIL must be an e-mail address.'],
])('what no account may have stops the start with a sentence', async (variables, sentence) => {
  await expect(ensure(variables)).rejects.toMatchObject({ name: 'ConfigError', message: sentence });
  expect(await app.db.account.count()).toBe(0);
});
