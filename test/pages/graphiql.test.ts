import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import { foreign, hasBrowser, openWindow, startBrowser } from './support/browser.ts';

describe.skipIf(!hasBrowser)('GraphiQL', () => {
  const app = useApp();
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  it('runs a query and shows the documentation without asking any other server', {
    timeout: 60_000,
  }, async () => {
    const account = await app.makeAccount({ name: 'Ada of the query' });
    const key = await app.makeKey(account);
    const { page, requests, complaints, close } = await openWindow(browser);
    const query = encodeURIComponent('{ viewer { name } service { name } }');
    await page.goto(`${app.url}/graphql?query=${query}`);
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.locator('.graphiql-editor-tool .monaco-editor:visible').click();
    await page.keyboard.insertText(JSON.stringify({ Authorization: `Bearer ${key}` }));
    await page.getByRole('button', { name: /Execute query/i }).click();
    await page.locator('.graphiql-response').getByText('Ada of the query').waitFor({ timeout: 20_000 });

    await page.getByRole('button', { name: /Show Documentation Explorer/i }).click();
    await page.getByRole('link', { name: 'Query', exact: true }).click();
    await page
      .getByText('The signed-in account, and the way to everything of its own.')
      .waitFor({ timeout: 20_000 });

    expect(foreign(requests, app.url)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('greets newcomers with operations that the graph knows', { timeout: 60_000 }, async () => {
    const { page, requests, close } = await openWindow(browser);
    await page.goto(`${app.url}/graphql`);
    await page.getByText('mutation Register').first().waitFor({ timeout: 20_000 });
    expect(foreign(requests, app.url)).toEqual([]);
    await close();
  });
});
