import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apis } from '../../src/rest/apis/index.ts';
import { linkPages } from '../../src/web/pages/linkPages.ts';
import { useApp } from '../support/app.ts';
import { foreign, hasBrowser, openWindow, startBrowser, type Visit } from './support/browser.ts';
import { faintTexts, isTooWide, namelessControls } from './support/readability.ts';

const app = useApp();

const paths = [
  '/',
  '/verify-email',
  '/verify-email?token=x&email=a%40b.example',
  '/reset-password',
  '/reset-password?token=x',
  '/end-keys',
  '/end-keys?token=x',
  ...linkPages.flatMap(({ path }) => [path, `${path}?token=x`]),
];

describe('The pages', () => {
  it.each(paths)('forbid other people’s scripts, frames and caches at %s', async (path) => {
    const { headers } = await app.request.get(path).expect(200);
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    if (path !== '/') expect(headers['cache-control']).toBe('no-store');
  });

  it('have no second address without those headers', async () => {
    for (const file of [
      'verify-email.html',
      'reset-password.html',
      'end-keys.html',
      'link.html',
      'home.html',
      '../pages.ts',
      '..%2fhome.html',
    ]) {
      expect((await app.request.get(`/pages/${file}`)).status).toBe(404);
    }
  });

  it('give their files with a type and the same protection', async () => {
    for (const [file, type] of [
      ['pages.css', /text\/css/],
      ['graph.js', /text\/javascript/],
      ['icon.svg', /image\/svg\+xml/],
    ] as const) {
      const { headers } = await app.request.get(`/pages/${file}`).expect(200).expect('content-type', type);
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
    await app.request
      .get('/favicon.ico')
      .expect(200)
      .expect('content-type', /image\/svg\+xml/);
  });
});

describe('The landing page', () => {
  it('names every API and leads only to what answers', async () => {
    const { text } = await app.request.get('/').expect(200);
    for (const { name, title } of apis) {
      expect(text).toContain(`<code>/${name}</code>`);
      expect(text).toContain(title);
    }
    const links = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link as string);
    for (const link of ['graphql', 'docs', 'health']) expect(links).toContain(link);
    for (const link of new Set(links)) {
      const { status } = await app.request.get(`/${link}`).set('accept', 'text/html');
      expect([link, status]).toEqual([link, 200]);
    }
  });
});

describe.skipIf(!hasBrowser)('In a browser, every page', { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  let visit: Visit;
  beforeEach(async () => {
    visit = await openWindow(browser);
    return () => visit.close();
  });

  it.each(paths)('loads without a complaint and without asking another server: %s', async (path) => {
    const { page, requests, complaints } = visit;
    await page.goto(app.url + path, { waitUntil: 'networkidle' });
    expect(complaints).toEqual([]);
    expect(foreign(requests, app.url)).toEqual([]);
    expect(await page.locator('h1:visible').count()).toBe(1);
  });

  it.each(
    paths,
  )('can be read in light and dark, with a screen reader, and on a narrow telephone: %s', async (path) => {
    const { page } = visit;
    await page.setViewportSize({ width: 320, height: 600 });
    await page.goto(app.url + path);
    expect(await isTooWide(page)).toBe(false);
    expect(await namelessControls(page)).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await faintTexts(page)).toEqual([]);
    }
  });
});
