import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/errors/catalogue.ts';
import { useApp } from '../support/app.ts';
import { answerWithError, seen } from './support/answers.ts';
import { hasBrowser, openWindow, startBrowser, type Visit } from './support/browser.ts';
import { startPathProxy } from './support/pathProxy.ts';

describe.skipIf(!hasBrowser)('The page that confirms an address', { timeout: 60_000 }, () => {
  const app = useApp();
  let browser: Browser;
  let visit: Visit;
  let email: string;
  let people = 0;

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    email = `newcomer${++people}@example.com`;
    visit = await openWindow(browser);
    return () => visit.close();
  });

  /** Registers, and answers the path of the mailed link. */
  async function register(): Promise<string> {
    await app.request
      .post('/api/auth/register')
      .send({ email, password: 'correct horse battery' })
      .expect(201);
    const { text } = await app.mailTo(email);
    const { pathname, search } = new URL(/http\S+/.exec(text)?.[0] ?? '');
    return pathname + search;
  }

  const open = (path: string) => visit.page.goto(app.url + path);
  const isVerified = async () =>
    (await app.db.account.findUnique({ where: { email } }))?.emailVerifiedAt != null;
  const tokenOf = (path: string) => new URLSearchParams(path.split('?')[1]).get('token') as string;

  it('changes nothing by being loaded: mail scanners open links', async () => {
    await open(await register());
    expect(await seen(visit.page)).toContain(email);
    expect(await isVerified()).toBe(false);
  });

  it('takes the token out of the address bar and out of the history', async () => {
    const path = await register();
    await open(path);
    expect(visit.page.url()).toBe(`${app.url}/verify-email`);
    await visit.page.goto(`${app.url}/`);
    await visit.page.goBack();
    expect(visit.page.url()).not.toContain(tokenOf(path));
  });

  it('confirms with the button, by keyboard alone, and says so where a screen reader listens', async () => {
    await open(await register());
    const { page } = visit;
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The address is confirmed' }).waitFor();
    expect(await seen(page)).toContain(email);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('The address is confirmed');
    expect(await page.title()).toContain('The address is confirmed');
    expect(await isVerified()).toBe(true);
    expect(visit.complaints).toEqual([]);
  });

  it('confirms once when the button is pressed many times', async () => {
    await open(await register());
    const posts = () => visit.requests.filter((url) => url.endsWith('/graphql')).length;
    const button = visit.page.getByRole('button', { name: 'Confirm the address' });
    await button.evaluate((element: HTMLButtonElement) => {
      for (let press = 0; press < 5; press++) element.click();
    });
    await visit.page.getByRole('heading', { name: 'The address is confirmed' }).waitFor();
    expect(posts()).toBe(1);
  });

  it('confirms below a path that a proxy takes away', async () => {
    const path = await register();
    const proxy = await startPathProxy(app.url, '/keys');
    await visit.page.goto(proxy.url + path);
    await visit.page.getByRole('button', { name: 'Confirm the address' }).click();
    await visit.page.getByRole('heading', { name: 'The address is confirmed' }).waitFor();
    expect(visit.complaints).toEqual([]);
    await proxy.stop();
  });

  it('tells a used link from a working one', async () => {
    const path = await register();
    await app.graphql(
      'mutation ($token: String!) { verifyEmail(input: { token: $token }) { account { id } } }',
      {
        token: tokenOf(path),
      },
    );
    await open(path);
    await visit.page.getByRole('button', { name: 'Confirm the address' }).click();
    await visit.page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    expect(await seen(visit.page)).toContain('used before');
  });

  it('offers a new link when the old one has expired, and the new one works', async () => {
    const path = await register();
    await app.db.oneTimeSecret.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    await open(path);
    const { page } = visit;
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await page.getByRole('heading', { name: 'This link has expired' }).waitFor();
    expect(await page.getByLabel('Your e-mail address').inputValue()).toBe(email);
    await page.getByRole('button', { name: 'Send a new link' }).click();
    await page.getByText('a new mail is on its way').waitFor();
    const newest = (await app.mails()).findLast(({ to }) => to.includes(email));
    const next = new URL(/http\S+/.exec(newest?.text ?? '')?.[0] ?? '');
    expect(next.search).not.toContain(tokenOf(path));
    await open(next.pathname + next.search);
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await page.getByRole('heading', { name: 'The address is confirmed' }).waitFor();
    expect(await isVerified()).toBe(true);
  });

  it('says the same to everybody who asks for a new link, and mails nobody without need', async () => {
    const verified = await app.makeAccount();
    const before = (await app.mails()).length;
    const { page } = visit;
    const said: string[] = [];
    for (const address of ['nobody@example.com', verified.email]) {
      await open('/verify-email');
      await page.getByLabel('Your e-mail address').fill(address);
      await page.getByRole('button', { name: 'Send a new link' }).click();
      await page.getByText('a new mail is on its way').waitFor();
      said.push(await seen(page));
    }
    expect(said[0]).toBe(said[1]);
    expect((await app.mails()).length).toBe(before);
  });

  it('explains an address that is none, beside its field', async () => {
    await open('/verify-email');
    const { page } = visit;
    const field = page.getByLabel('Your e-mail address');
    await field.fill('not an address');
    await page.getByRole('button', { name: 'Send a new link' }).click();
    await page.getByText('Write the address in full').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('shows no words that somebody put into a link', async () => {
    await open(`/verify-email?token=x&email=${encodeURIComponent('<b>Call 555-1234</b> to confirm')}`);
    expect(await seen(visit.page)).not.toContain('555');
    await open(`/verify-email?token=x&email=${encodeURIComponent('<img/src=x>@b.example')}`);
    expect(await visit.page.locator('main section img').count()).toBe(0);
  });

  it('has words for every error of the catalogue, never a code', async () => {
    const { page } = visit;
    for (const code of Object.keys(catalogue)) {
      if (!(await page.locator('#ready').isVisible())) await open('/verify-email?token=x');
      await answerWithError(page, { code, retryAfterSeconds: 40 });
      await page.getByRole('button', { name: 'Confirm the address' }).click();
      await page.locator('.status[data-kind=bad]:visible, #refused:visible').waitFor();
      expect(await seen(page)).not.toContain(code);
    }
  });

  it('says how long to wait, and that the server is out of reach', async () => {
    const { page } = visit;
    await open('/verify-email?token=x');
    const button = page.getByRole('button', { name: 'Confirm the address' });
    await answerWithError(page, { code: 'RATE_LIMITED', retryAfterSeconds: 40 });
    await button.click();
    await page.getByText('Try again in 40 seconds.').waitFor();
    await page.unroute('**/graphql');
    await page.route('**/graphql', (route) => route.abort());
    await button.click();
    await page.getByText('could not be reached').waitFor();
  });
});
