import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/errors/catalogue.ts';
import { password as oldPassword, useApp } from '../support/app.ts';
import { answerWithError, seen } from './support/answers.ts';
import { hasBrowser, openWindow, startBrowser, type Visit } from './support/browser.ts';

const newPassword = 'a quite different one';

describe.skipIf(!hasBrowser)('The page that sets a new password', { timeout: 60_000 }, () => {
  const app = useApp();
  let browser: Browser;
  let visit: Visit;
  let email: string;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    ({ email } = await app.makeAccount());
    visit = await openWindow(browser);
    return () => visit.close();
  });

  /** Asks for a reset, and answers the path of the mailed link. */
  async function askForReset(): Promise<string> {
    await app.request.post('/api/auth/forgot-password').send({ email }).expect(200);
    const { text } = await app.mailTo(email);
    const { pathname, search } = new URL(/http\S+/.exec(text)?.[0] ?? '');
    return pathname + search;
  }

  const open = (path: string) => visit.page.goto(app.url + path);

  async function choose(first: string, second = first): Promise<void> {
    await visit.page.getByLabel('New password').fill(first);
    await visit.page.getByLabel('The same again').fill(second);
    await visit.page.getByRole('button', { name: 'Set the password' }).click();
  }

  async function signsIn(password: string): Promise<boolean> {
    const { status } = await app.request.post('/api/auth/login').send({ email, password });
    return status === 200;
  }

  it('sets the password, ends the sessions, and works by keyboard alone', async () => {
    const session = await app.makeSession((await app.db.account.findUnique({ where: { email } })) as never);
    await open(await askForReset());
    const { page } = visit;
    expect(page.url()).toBe(`${app.url}/reset-password`);
    await page.getByLabel('New password').focus();
    await page.keyboard.type(newPassword);
    await page.keyboard.press('Tab');
    await page.keyboard.type(newPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The new password is set' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('The new password is set');
    expect(await page.locator('#password').inputValue()).toBe('');
    expect([await signsIn(oldPassword), await signsIn(newPassword)]).toEqual([false, true]);
    await app.request.get('/api/v1/auth/me').auth(session, { type: 'bearer' }).expect(401);
    expect(visit.complaints).toEqual([]);
  });

  it.each([
    ['ticked', true, 'All API keys are revoked'],
    ['not ticked', false, 'API keys go on working'],
  ])('offers to revoke all keys, and is ticked unless told otherwise: %s', async (_how, revokes, words) => {
    const account = await app.db.account.findUniqueOrThrow({ where: { email } });
    const key = await app.makeKey(account);
    await open(await askForReset());
    const { page } = visit;
    const offer = page.getByLabel('Revoke all API keys too');
    expect(await offer.isChecked()).toBe(true);
    if (!revokes) await offer.uncheck();
    await choose(newPassword);
    await page.getByRole('heading', { name: 'The new password is set' }).waitFor();
    const told = await seen(page);
    expect(told).toContain(words);
    expect(told).not.toContain(revokes ? 'go on working' : 'are revoked');
    await app.request
      .get('/api/v1/auth/me')
      .auth(key, { type: 'bearer' })
      .expect(revokes ? 401 : 200);
  });

  it('asks for the password twice and compares before it sends', async () => {
    await open(await askForReset());
    const { page } = visit;
    await choose(newPassword, `${newPassword}!`);
    await page.getByText('The two passwords differ.').waitFor();
    expect(await page.getByLabel('The same again').getAttribute('aria-invalid')).toBe('true');
    await choose('short');
    await page.getByText('Use at least 8 characters.').waitFor();
    await choose('');
    await page.getByText('Write the new password.').waitFor();
    expect(visit.requests.filter((url) => url.endsWith('/graphql'))).toEqual([]);
    await choose(newPassword);
    await page.getByRole('heading', { name: 'The new password is set' }).waitFor();
  });

  it('shows the server’s complaint about a password beside its field, and the link still works', async () => {
    await open(await askForReset());
    await choose('x'.repeat(1025));
    await visit.page.getByText('Use at most 1024 characters.').waitFor();
    expect(await visit.page.getByLabel('New password').getAttribute('aria-invalid')).toBe('true');
    await choose(newPassword);
    await visit.page.getByRole('heading', { name: 'The new password is set' }).waitFor();
  });

  it('lets people see what they type', async () => {
    await open('/reset-password?token=x');
    const field = visit.page.getByLabel('New password');
    expect(await field.getAttribute('type')).toBe('password');
    await visit.page.getByLabel('Show what I type').check();
    expect(await field.getAttribute('type')).toBe('text');
  });

  it('tells password managers the account and that the password is new', async () => {
    await open(`/reset-password?token=x&email=${encodeURIComponent(email)}`);
    const { page } = visit;
    expect(await page.locator('[autocomplete=username]').inputValue()).toBe(email);
    expect(await page.locator('[autocomplete=new-password]').count()).toBe(2);
  });

  it.each([
    ['used', { usedAt: new Date() }, 'This link does not work'],
    ['expired', { expiresAt: new Date(0) }, 'This link has expired'],
  ])('tells that a link is %s, changes nothing, and mails a new one that works', async (_state, data, title) => {
    const path = await askForReset();
    const { id } = (await app.db.account.findUnique({ where: { email } })) ?? { id: '' };
    await app.db.oneTimeSecret.updateMany({ where: { accountId: id }, data });
    await open(path);
    const { page } = visit;
    await choose(newPassword);
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await seen(page)).toContain('Your password has not been changed');
    expect(await signsIn(oldPassword)).toBe(true);
    await page.getByRole('button', { name: 'Send a new link' }).click();
    await page.getByText('a new mail is on its way').waitFor();
    const newest = (await app.mails()).findLast(({ to }) => to.includes(email));
    const next = new URL(/http\S+/.exec(newest?.text ?? '')?.[0] ?? '');
    await open(next.pathname + next.search);
    await choose(newPassword);
    await page.getByRole('heading', { name: 'The new password is set' }).waitFor();
  });

  it('explains a visit without a token', async () => {
    await open('/reset-password');
    await visit.page.getByRole('heading', { name: 'There is no token in this address' }).waitFor();
  });

  it('has words for every error of the catalogue, never a code', async () => {
    const { page } = visit;
    for (const code of Object.keys(catalogue)) {
      if (!(await page.locator('#ready').isVisible())) await open('/reset-password?token=x');
      await answerWithError(page, { code, retryAfterSeconds: 200 });
      await choose(newPassword);
      await page.locator('.status[data-kind=bad]:visible, #refused:visible').waitFor();
      expect(await seen(page)).not.toContain(code);
    }
  });
});
