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

  it('keeps no password, token or key: not in the address, not in storage, not after a reload', {
    timeout: 60_000,
  }, async () => {
    const { page, requests, close } = await openWindow(browser);
    const type = async (tool: string, text: string) => {
      await page.getByRole('button', { name: tool, exact: true }).click();
      await page.locator('.graphiql-editor-tool .monaco-editor:visible').click();
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(text);
    };
    await page.goto(`${app.url}/graphql`);
    await page.getByText('mutation Register').first().waitFor({ timeout: 20_000 });
    // The variables of the welcome text are there for a first visit.
    await page.getByText('you@example.com').first().waitFor();

    await type('Variables', '{"input": {"email": "eve@example.com", "password": "hunter2 in a variable"}}');
    await type('Headers', '{"Authorization": "Bearer hunter2-in-a-header"}');
    await page.locator('.graphiql-query-editor .monaco-editor').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(
      'mutation { signIn(input: {email: "eve@example.com", password: "hunter2 in the query"}) { accessToken } }',
    );
    // Until GraphiQL has read the new text, the button offers the operations of the old one.
    await page.waitForFunction(() => decodeURIComponent(location.href).includes('eve@example.com'));
    await page.getByRole('button', { name: /Execute query/i }).click();
    await page.locator('.graphiql-response').getByText('CREDENTIAL_INVALID').waitFor({ timeout: 20_000 });
    // GraphiQL writes to storage half a second later.
    await page.waitForFunction(() => localStorage.getItem('graphiql:tabState')?.includes('eve@example.com'));

    expect(decodeURIComponent(page.url())).toContain('eve@example.com');
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(page.url() + kept).not.toContain('hunter2');
    await page.reload();
    await page.getByText('signIn').first().waitFor({ timeout: 20_000 });
    expect(requests.join()).not.toContain('hunter2');
    expect(await page.locator('body').innerText()).not.toContain('hunter2');
    await close();
  });
});
