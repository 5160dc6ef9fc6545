import type { Page } from 'playwright-core';

/** Makes the graph answer with this error from now on, as if the server had thrown it. */
export async function answerWithError(page: Page, extensions: Record<string, unknown>): Promise<void> {
  await page.unroute('**/graphql');
  await page.route('**/graphql', (route) =>
    route.fulfill({ json: { data: null, errors: [{ message: 'made up by the test', extensions }] } }),
  );
}

/** Everything that a reader sees now. */
export async function seen(page: Page): Promise<string> {
  return (await page.locator('main').innerText()).replace(/\s+/g, ' ');
}
