import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostbox, type Postbox } from '../platform/mail/support.ts';
import { type TestApp, useApp } from '../support/app.ts';

const binboiSender = 'noreply@miransas.com';

/** Every way to ask for a mail, by the path or the host of the API that is called. */
const forgotten: readonly [string, (app: TestApp, email: string) => PromiseLike<unknown>, string][] = [
  [
    'Binboi by its prefix',
    (app, email) => app.request.post('/binboi/api/auth/forgot-password').send({ email }).expect(200),
    binboiSender,
  ],
  [
    'Binboi by its host',
    (app, email) =>
      app.request
        .post('/api/auth/forgot-password')
        .set('host', 'binboi.localhost')
        .send({ email })
        .expect(200),
    binboiSender,
  ],
  [
    'Binboi at the root',
    (app, email) => app.request.post('/api/auth/forgot-password').send({ email }).expect(200),
    binboiSender,
  ],
  [
    'OpenBin',
    (app, email) => app.request.post('/openbin/api/auth/forgot-password').send({ email }).expect(200),
    'noreply@latchkey.example.com',
  ],
  [
    'RESTume',
    (app, email) => app.request.post('/restume/v1/auth/forgot-password').send({ email }).expect(200),
    'noreply@latchkey.example.com',
  ],
  [
    'the graph',
    (app, email) =>
      app.graphql(
        'mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { accepted } }',
        {
          email,
        },
      ),
    'noreply@latchkey.example.com',
  ],
];

describe('Without MAIL_FROM, a mail comes from the sender of the API that was called', () => {
  const app = useApp({ PUBLIC_URL: 'https://latchkey.example.com:8443/keys' });

  it.each(forgotten)('%s', async (_api, ask, sender) => {
    const { email } = await app.makeAccount();
    await ask(app, email);
    expect(await app.mailTo(email)).toMatchObject({ from: sender, subject: 'Set a new password' });
  });

  it('registration by RESTume and by Binboi', async () => {
    const password = 'correct horse battery';
    const bob = { username: 'bob', email: 'bob@example.com', password, full_name: 'Bob' };
    await app.request.post('/restume/v1/auth/register').send(bob).expect(201);
    expect(await app.mailTo(bob.email)).toMatchObject({ from: 'noreply@latchkey.example.com' });
    const ada = { email: 'ada@example.com', password, confirm_password: password };
    await app.request.post('/binboi/api/auth/register').send(ada).expect(201);
    expect(await app.mailTo(ada.email)).toMatchObject({ from: binboiSender });
  });

  it('an invitation with a Bingo key, which only the graph sends', async () => {
    const key = await app.makeKey(await app.makeAccount(), 'BINGO');
    await app.request.get('/bingo/api/v2/organization/').auth(key, { type: 'bearer' }).expect(200);
    const { errors } = await app.graphql(
      'mutation { inviteOrganizationMember(input: { email: "eve@example.com", role: VIEWER }) { organizationInvitation { id } } }',
      {},
      key,
    );
    expect(errors).toBeUndefined();
    expect(await app.mailTo('eve@example.com')).toMatchObject({ from: 'noreply@latchkey.example.com' });
  });
});

describe('Without MAIL_FROM and PUBLIC_URL, the host is the one that links lead to', () => {
  const app = useApp();

  it.each([
    ['localhost:4000', 'noreply@localhost'],
    ['openbin.localhost', 'noreply@localhost'],
    ['evil.example', 'noreply@localhost'],
    ['127.0.0.1:4000', 'noreply@localhost'],
  ])('asked as %s', async (host, sender) => {
    const { email } = await app.makeAccount();
    const path = host.startsWith('openbin')
      ? '/api/auth/forgot-password'
      : '/openbin/api/auth/forgot-password';
    await app.request.post(path).set('host', host).send({ email }).expect(200);
    expect((await app.mailTo(email)).from).toBe(sender);
  });
});

describe('MAIL_FROM', () => {
  let postbox: Postbox;
  beforeAll(async () => {
    postbox = await openPostbox();
  });
  afterAll(() => postbox.close());
  const app = useApp(() => ({
    PUBLIC_URL: 'https://latchkey.example.com',
    SMTP_URL: postbox.url,
    MAIL_FROM: 'Keys <keys@example.org>',
  }));

  it.each(forgotten)('replaces the sender of mails by %s', async (_api, ask) => {
    const { email } = await app.makeAccount();
    await ask(app, email);
    await expect.poll(() => postbox.received.filter(({ to }) => to.includes(email)).length).toBe(1);
    const received = postbox.received.find(({ to }) => to.includes(email));
    expect(received?.from).toBe('keys@example.org');
    expect(received?.raw).toMatch(/^From: Keys <keys@example\.org>\r?$/m);
  });
});
