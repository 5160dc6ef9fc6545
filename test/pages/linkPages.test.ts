import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/errors/catalogue.ts';
import { linkPages } from '../../src/web/pages/linkPages.ts';
import { accountSecurityOf } from '../support/accountSecurity.ts';
import { useApp } from '../support/app.ts';
import { answerWithError, seen } from './support/answers.ts';
import { hasBrowser, openWindow, startBrowser, type Visit } from './support/browser.ts';

describe.skipIf(!hasBrowser)('The pages with one button', { timeout: 60_000 }, () => {
  const app = useApp();
  const { change, mutate, rowOf, tokenTo } = accountSecurityOf(app);
  let browser: Browser;
  let visit: Visit;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    visit = await openWindow(browser);
    return () => visit.close();
  });

  it('undo the change of an address, not by being loaded, and keep the token out of the address bar', async () => {
    const account = await app.makeAccount();
    await change(await app.makeSession(account), 'thief@example.com');
    const token = await tokenTo(account.email, '/undo-address-change');
    const { page } = visit;
    await page.goto(`${app.url}/undo-address-change?token=${token}`);
    expect(page.url()).toBe(`${app.url}/undo-address-change`);
    expect((await rowOf(account)).email).toBe('thief@example.com');
    expect(visit.requests.some((url) => url.endsWith('/graphql'))).toBe(false);
    await page.getByRole('button', { name: 'Undo the change' }).click();
    await page.getByRole('heading', { name: 'Your account has its address back' }).waitFor();
    expect((await rowOf(account)).email).toBe(account.email);
    expect(visit.complaints).toEqual([]);

    await page.goto(`${app.url}/undo-address-change?token=${token}`);
    await page.getByRole('button', { name: 'Undo the change' }).click();
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
  });

  it('delete an account that is not yours, by keyboard alone', async () => {
    const email = 'not-me@example.com';
    await mutate('register', { email, password: 'correct horse battery' }, 'account { id }');
    const { page } = visit;
    await page.goto(`${app.url}/disown-account?token=${await tokenTo(email, '/disown-account')}`);
    expect(await app.db.account.count({ where: { email } })).toBe(1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The account is deleted' }).waitFor();
    expect(await app.db.account.count({ where: { email } })).toBe(0);
  });

  it.each(linkPages)('ask a mutation that exists: $path', async ({ mutation }) => {
    const { errors } = await app.graphql(mutation, { token: 'made up' });
    expect(errors?.[0]?.extensions.code).toBe('SECRET_INVALID');
  });

  it.each(linkPages)('have words for every error of the catalogue: $path', async ({ path, button }) => {
    const { page } = visit;
    for (const code of Object.keys(catalogue)) {
      if (!(await page.locator('#ready').isVisible())) await page.goto(`${app.url}${path}?token=x`);
      await answerWithError(page, { code, retryAfterSeconds: 40 });
      await page.getByRole('button', { name: button }).click();
      await page.locator('.status[data-kind=bad]:visible, #refused:visible').waitFor();
      expect(await seen(page)).not.toContain(code);
    }
  });

  it.each(linkPages)('say so when there is no token: $path', async ({ path }) => {
    await visit.page.goto(app.url + path);
    expect(await seen(visit.page)).toContain('There is no token in this address');
    if (process.env.LATCHKEY_SHOTS) {
      await visit.page.goto(`${app.url}${path}?token=x`);
      await visit.page.screenshot({ path: `${process.env.LATCHKEY_SHOTS}${path}.png` });
    }
  });
});
