import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** True when the tests of this folder can run; without it they are skipped, and say so. */
export const hasBrowser = existsSync(executablePath);
if (!hasBrowser)
  console.warn(
    `Skipped: ${executablePath} is absent. "apt-get install chromium" brings the tests of the pages back.`,
  );

/** Starts Debian's Chromium. It must not talk to its maker: the tests count every request. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page with all that it asked for and all that it complained about. */
export interface Visit {
  readonly page: Page;
  /** Addresses of all requests, whether they were answered or not. */
  readonly requests: string[];
  /** Errors of scripts, refusals of the content security policy, failed loads. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A new window without cookies or history. */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  return { page, requests, complaints, close: () => context.close() };
}

/** The requests that went to another place than `origin`; data and blob addresses stay in the browser. */
export function foreign(requests: readonly string[], origin: string): string[] {
  return requests.filter((url) => !/^(data|blob|about):/.test(url) && new URL(url).origin !== origin);
}
