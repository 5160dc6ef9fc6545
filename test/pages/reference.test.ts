import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apis } from '../../src/rest/apis/index.ts';
import { useApp } from '../support/app.ts';
import { foreign, hasBrowser, openWindow, startBrowser } from './support/browser.ts';

describe.skipIf(!hasBrowser)('The API reference', { timeout: 60_000 }, () => {
  const app = useApp();
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  it.each(
    apis.map(({ title, routes }) => ({ title, routes })),
  )('shows every route of $title from own files', async ({ title, routes }) => {
    const { page, requests, complaints, close } = await openWindow(browser);
    await page.goto(`${app.url}/docs?urls.primaryName=${encodeURIComponent(title)}`, {
      waitUntil: 'networkidle',
    });
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await page.locator('.opblock').count()).toBe(routes.length);
    expect(foreign(requests, app.url)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });

  it('calls the server from the page', async () => {
    const { page, requests, close } = await openWindow(browser);
    await page.goto(`${app.url}/docs?urls.primaryName=Binboi%20API`, { waitUntil: 'networkidle' });
    const call = page.locator('.opblock', { hasText: '/api/auth/forgot-password' });
    await call.locator('.opblock-summary-control').click();
    await call.getByRole('button', { name: 'Try it out' }).click();
    await call.locator('textarea').fill('{"email":"nobody@example.com"}');
    await call.getByRole('button', { name: 'Execute' }).click();
    await call.locator('.live-responses-table .response-col_status').getByText('200').waitFor();
    expect(requests).toContain(`${app.url}/binboi/api/auth/forgot-password`);
    expect(foreign(requests, app.url)).toEqual([]);
    await close();
  });
});
