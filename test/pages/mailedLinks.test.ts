import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { issueLongSecret } from '../../src/graph/identity/secret/oneTimeSecrets.ts';
import { useApp } from '../support/app.ts';
import { seen } from './support/answers.ts';
import { hasBrowser, openWindow, startBrowser } from './support/browser.ts';

describe.skipIf(!hasBrowser)(
  'a page that a mail about an account’s security leads to',
  { timeout: 60_000 },
  () => {
    const app = useApp();
    let browser: Browser;
    beforeAll(async () => {
      browser = await startBrowser();
    });
    afterAll(() => browser.close());

    const row = ({ id }: Account) =>
      app.db.account.findUniqueOrThrow({ where: { id }, include: { identities: true } });
    const isPending = async (account: Account) => (await row(account)).deletionRequestedAt !== null;
    const isLinked = async (account: Account) => (await row(account)).identities.length > 0;

    async function deleted(): Promise<[Account, string]> {
      const account = await app.makeAccount();
      await app.db.account.update({
        where: { id: account.id },
        data: { deletionRequestedAt: new Date(), deletionScheduledAt: new Date(Date.now() + 1e6) },
      });
      return [account, await issueLongSecret(app.db, account.id, 'RESTORE_ACCOUNT')];
    }
    async function linked(): Promise<[Account, string]> {
      const account = await app.makeAccount();
      const { id, email } = account;
      const data = { id: newId(), accountId: id, provider: 'GOOGLE' as const, subject: id, email };
      await app.db.linkedIdentity.create({ data });
      return [account, await issueLongSecret(app.db, id, 'UNLINK_IDENTITY')];
    }

    it.each([
      { path: '/restore-account', make: deleted, waits: isPending, done: 'The account is restored' },
      { path: '/unlink-identity', make: linked, waits: isLinked, done: 'The sign-in method is unlinked' },
    ])('$path changes nothing by being loaded, hides the token and acts by its button', async (page) => {
      const [account, token] = await page.make();
      const visit = await openWindow(browser);
      await visit.page.goto(`${app.url}${page.path}?token=${token}`);
      expect(visit.page.url()).toBe(app.url + page.path);
      expect(await page.waits(account)).toBe(true);
      await visit.page.click('button');
      await visit.page.getByRole('heading', { name: page.done }).waitFor();
      expect(await page.waits(account)).toBe(false);
      await visit.page.goto(`${app.url}${page.path}?token=${token}`);
      await visit.page.click('button');
      await visit.page.getByRole('heading', { name: 'This link does not work' }).waitFor();
      await visit.page.goto(app.url + page.path);
      expect(await seen(visit.page)).toContain('There is no token in this address');
      await visit.close();
    });
  },
);
