import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
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

  it('of every kind leads to where the server listens', async () => {
    const host = 'evil.localhost:7777';
    const account = await app.makeAccount();
    const ask = (query: string, by?: string) => {
      const call = app.request.post('/graphql').set('host', host).set('content-type', 'application/json');
      if (by) call.set('authorization', `Bearer ${by}`);
      return call.send({ query }).expect(200);
    };
    const session = await app.makeSession(account);
    await ask('mutation { createLocation(input: { name: "Shed" }) { location { id } } }', session);
    const { id: locationId } = await app.db.location.findFirstOrThrow();
    const friend = await app.makeAccount();
    await app.db.membership.create({
      data: { id: newId(), locationId, accountId: friend.id, role: 'ADMIN' },
    });
    const moved = `reader${++people}@example.com`;
    await ask(`mutation { updateProfile(input: { email: "${moved}" }) { account { id } } }`, session);
    const token = /verify-email\?token=(\w+)/.exec((await app.mailTo(moved)).text)?.[1];
    await ask(`mutation { verifyEmail(input: { token: "${token}" }) { account { id } } }`);
    await ask(`mutation { requestPasswordReset(input: { email: "${moved}" }) { accepted } }`);
    await linkMailedFor(host);
    const links = (await app.mails()).flatMap(({ text }) => text.match(/https?:\S+/g) ?? []);
    const paths = new Set(links.map((link) => new URL(link).pathname));
    const expected = ['/disown-account', '/reset-password', '/review-members', '/undo-address-change'];
    expect([...paths]).toEqual(expect.arrayContaining([...expected, '/verify-email']));
    const origins = new Set(links.map((link) => new URL(link).origin));
    expect(origins).toEqual(new Set([`http://localhost:${port()}`]));
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
