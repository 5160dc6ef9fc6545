import http from 'node:http';
import { expect, it } from 'vitest';
import { useApp } from '../support/app.ts';

const app = useApp();

/** Sends a target as it is written; a test client would turn it into a path. */
async function statusOf(target: string): Promise<number | undefined> {
  const { port } = new URL(app.request.get('/').url);
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path: target, headers: { host: 'localhost' } }, (res) => {
        res.resume();
        resolve(res.statusCode);
      })
      .on('error', reject);
  });
}

it.each([
  ['http://localhost/health', 200],
  ['http://localhost/openbin/api/health', 200],
  ['http://localhost/openbin/api/auth/me?x=1', 401],
  ['http://localhost/api/bins', 401],
  ['http://localhost', 200],
  ['http://localhost?q=/health', 200],
  ['mailto:someone@example.com', 400],
])('a request whose target names the host, %s, is answered with %i', async (target, status) => {
  expect(await statusOf(target)).toBe(status);
});
