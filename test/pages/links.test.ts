import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';

const app = useApp({ API_HOSTS: 'api.example.com=binboi' });

let people = 0;

/** The link that is mailed when somebody registers by this Host header. */
async function linkMailedFor(host: string): Promise<URL> {
  const email = `reader${++people}@example.com`;
  const body = { email, password: 'correct horse battery' };
  const path =
    host.startsWith('binboi.') || host.startsWith('api.')
      ? '/api/auth/register'
      : '/binboi/api/auth/register';
  await app.request.post(path).set('host', host).send(body).expect(201);
  const { text } = await app.mailTo(email);
  return new URL(/http\S+/.exec(text)?.[0] ?? '');
}

describe('The link in a mail', () => {
  const port = () => new URL(app.url).port;

  it.each([
    'binboi.localhost',
    'api.example.com',
  ])('leads to the pages, which the API host %s does not have', async (host) => {
    const link = await linkMailedFor(`${host}:${port()}`);
    expect(link.origin).toBe(`http://localhost:${port()}`);
    await app.request
      .get(link.pathname)
      .expect(200)
      .expect('content-type', /text\/html/);
  });

  it.each([
    'dev.localhost',
    'localhost:9999',
    'evil.localhost:7777',
    'evil.example',
    'localhost.evil.example',
    'evil.example:80',
    'localhost:80@evil.example',
    '127.0.0.1:80@evil.example',
    'binboi.localhost:80@evil.example',
    'localhost:99999',
    'localhost:abc',
    'api.example.com:99999',
  ])('leads to where the server listens, whatever the Host header says: %s', async (host) => {
    expect((await linkMailedFor(host)).origin).toBe(`http://localhost:${port()}`);
  });
});
