import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import { seen } from './support/answers.ts';
import { hasBrowser, openWindow, startBrowser, type Visit } from './support/browser.ts';

describe.skipIf(!hasBrowser)('The page that ends keys', { timeout: 60_000 }, () => {
  const app = useApp();
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

  const create = (by: string) =>
    app
      .graphql('mutation { createApiKey(input: {}) { text apiKey { id } } }', {}, by)
      .then(({ data }) => data.createApiKey as { text: string; apiKey: { id: string } });

  /** A key that created one and revoked itself; returns the path of the mailed link and the key that is left. */
  async function left(): Promise<{ path: string; key: string }> {
    const account = await app.makeAccount();
    const first = await create(await app.makeSession(account));
    const second = await create(first.text);
    const revoke = `mutation { revokeApiKey(input: { id: "${first.apiKey.id}" }) { apiKey { id } } }`;
    await app.graphql(revoke, {}, first.text);
    const mail = (await app.mails()).find(
      ({ to, text }) => to.includes(account.email) && text.includes('/end-keys?'),
    );
    const { pathname, search } = new URL(/http\S+end-keys\S+/.exec(mail?.text ?? '')?.[0] ?? '');
    return { path: pathname + search, key: second.text };
  }

  const open = (path: string) => visit.page.goto(app.url + path);
  const press = () => visit.page.getByRole('button', { name: 'End these keys' }).click();
  const works = async (key: string) => !(await app.graphql('{ viewer { id } }', {}, key)).errors;

  it('changes nothing by being loaded, and takes the token out of the address bar', async () => {
    const { path, key } = await left();
    await open(path);
    expect(await seen(visit.page)).toContain('End API keys');
    expect(visit.page.url()).toBe(`${app.url}/end-keys`);
    expect(await works(key)).toBe(true);
  });

  it('ends the keys with the button, by keyboard alone, and tells how many', async () => {
    const { path, key } = await left();
    await open(path);
    const { page } = visit;
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The keys have ended' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('The keys have ended');
    expect(await seen(page)).toContain('One key was revoked.');
    expect(await works(key)).toBe(false);
    expect(visit.complaints).toEqual([]);
  });

  it.each([
    ['used', { usedAt: new Date() }, 'This link does not work'],
    ['expired', { expiresAt: new Date(0) }, 'This link has expired'],
  ])('tells that a link is %s, and changes nothing', async (_state, data, title) => {
    const { path, key } = await left();
    await app.db.oneTimeSecret.updateMany({ where: { purpose: 'END_KEYS' }, data });
    await open(path);
    await press();
    await visit.page.getByRole('heading', { name: title }).waitFor();
    expect(await works(key)).toBe(true);
  });

  it('says that the address has no token', async () => {
    await open('/end-keys');
    await visit.page.getByRole('heading', { name: 'There is no token in this address' }).waitFor();
  });
});
