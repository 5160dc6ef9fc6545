import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apis } from '../../src/rest/apis/index.ts';
import { useApp } from '../support/app.ts';
import { foreign, hasBrowser, openWindow, startBrowser } from './support/browser.ts';
import { startPathProxy } from './support/pathProxy.ts';
import { faintTexts, isTooWide, namelessControls } from './support/readability.ts';

const app = useApp({ API_HOSTS: 'api.example.com=binboi' });

const browserAccept = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';
const open = (path: string, host = 'localhost:4000') =>
  app.request.get(path).set('accept', browserAccept).set('host', host);

/** Where the server listens, whatever the Host header says. */
const ownUrl = () => `http://localhost:${new URL(app.url).port}`;

const unknown = [
  '/nothing',
  '/docs/nothing',
  '/pages/nothing',
  '/health/nothing',
  '/binboi/nothing',
  '/api/v1/nothing',
];

describe('A browser at an unknown address', () => {
  it.each([...unknown, '/restume/v1/nothing', '/openbin/nothing'])('gets a page: %s', async (path) => {
    const { headers, text } = await open(path)
      .expect(404)
      .expect('content-type', /^text\/html/);
    expect(text).toContain('There is no such page');
    expect(text).not.toMatch(/Error|node_modules|\.ts\b/);
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['cache-control']).toBe('no-store');
    expect(headers.vary).toContain('Accept');
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['/nothing', '/'],
    ['/a/b/c', '/'],
    ['//evil.example/x', '/'],
    ['/<script>alert(1)</script>', '/'],
  ])('finds the start page from %s', async (path, home) => {
    const { text } = await open(encodeURI(path)).expect(404);
    expect(text).not.toContain('<script');
    const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, link]) => link as string);
    const targets = links.filter((link) => !link.startsWith('data:'));
    expect(targets).toHaveLength(3);
    for (const link of targets) {
      const { origin, pathname } = new URL(link, `http://localhost:4000${encodeURI(path)}`);
      expect([origin, pathname]).toEqual(['http://localhost:4000', link.endsWith('docs') ? '/docs' : home]);
    }
  });

  it('finds the start page from the host of an API, which has none of its own', async () => {
    const { text } = await open('/nothing', 'binboi.localhost:4000').expect(404);
    expect(text).toContain(`href="${ownUrl()}/docs"`);
  });

  it('gets the documented answer for everything that is documented, and where a path is hidden', async () => {
    await open('/binboi/api/v1/auth/me').expect(401).expect('content-type', /json/);
    await open('/binboi/api/auth/login').expect(405).expect('content-type', /json/);
    await open('/openbin/api/nothing').expect(401).expect('content-type', /json/);
  });
});

describe('A program at an unknown address', () => {
  it.each([
    undefined,
    '*/*',
    'application/json',
    'application/json, text/html;q=0.5',
    'text/plain',
  ])('gets JSON when it accepts %s', async (accept) => {
    for (const path of unknown) {
      const call = app.request.get(path);
      const answer = await (accept === undefined ? call : call.set('accept', accept));
      expect([path, answer.status, answer.type]).toEqual([path, 404, 'application/json']);
    }
  });

  it('gets JSON for what is no read, whatever it accepts', async () => {
    for (const path of unknown)
      await app.request.post(path).set('accept', browserAccept).expect(404).expect('content-type', /json/);
  });
});

describe('The base of an API', () => {
  const bases = apis.flatMap(({ name, title, bases: own }) =>
    [`/${name}`, `/${name}/`, ...own.map((base) => `/${name}${base}`), ...own].map((path) => ({
      path,
      title,
    })),
  );

  it.each(bases)('$path leads a browser to the reference of $title', async ({ path, title }) => {
    const { headers } = await open(path).expect(302);
    const target = new URL(headers.location ?? '', `http://localhost:4000${path}`);
    expect(target.origin + target.pathname).toBe('http://localhost:4000/docs');
    expect(target.searchParams.get('urls.primaryName')).toBe(title);
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['binboi.localhost:4000', '/docs?urls.primaryName=Binboi%20API'],
    ['openbin.localhost:4000', '/docs?urls.primaryName=OpenBin%20API'],
  ])('of the host %s leads there, too', async (host, location) => {
    await open('/', host)
      .expect(302)
      .expect('location', ownUrl() + location);
  });

  it('leads to no host that a caller made up', async () => {
    const { headers } = await open('/binboi', 'evil.example').expect(302);
    expect(headers.location).toMatch(/^\.\/docs\?/);
    // A mapped host names no port; the links lead to this server's own.
    const mapped = await open('/', 'api.example.com').expect(302);
    expect(mapped.headers.location).toMatch(/^http:\/\/localhost(:\d+)?\/docs\?/);
  });

  it('answers programs as before', async () => {
    for (const { name } of apis)
      expect([404, 401]).toContain((await app.request.get(`/${name}`).set('accept', '*/*')).status);
  });
});

describe.skipIf(!hasBrowser)('In Chromium', { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  it('the page can be read in light and dark, on a narrow screen, and asks no other server', async () => {
    const { page, requests, complaints, close } = await openWindow(browser);
    await page.setViewportSize({ width: 320, height: 600 });
    await page.goto(`${app.url}/deep/down/nothing`, { waitUntil: 'networkidle' });
    expect(await page.locator('h1:visible').count()).toBe(1);
    expect(await isTooWide(page)).toBe(false);
    expect(await namelessControls(page)).toEqual([]);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await faintTexts(page)).toEqual([]);
    }
    expect(requests).toEqual([`${app.url}/deep/down/nothing`]);
    // The status itself is all that the browser complains about.
    expect(complaints.filter((text) => !text.includes('status of 404'))).toEqual([]);
    await page.getByRole('link', { name: 'Start page' }).click();
    await page.getByRole('heading', { name: 'One account and one key' }).waitFor();
    await close();
  });

  it('an API’s base shows its reference, below the path of a proxy as well', async () => {
    const proxy = await startPathProxy(app.url, '/keys');
    const { page, requests, close } = await openWindow(browser);
    await page.goto(`${app.url}/bingo`, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { name: 'Bingo VPN API' }).waitFor();
    expect(foreign(requests, app.url)).toEqual([]);
    const answer = await page.goto(`${proxy.url}/openbin/api`, { waitUntil: 'commit' });
    expect(answer?.url()).toBe(`${proxy.url}/docs?urls.primaryName=OpenBin%20API`);
    await close();
    await proxy.stop();
  });
});
