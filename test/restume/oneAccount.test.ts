import { expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import { password, restumeOf } from './support/restume.ts';

const app = useApp();
const restume = restumeOf(app);

it('is one account, with one password and one set of keys, at every endpoint', async () => {
  const { username, email, token } = await restume.join();

  const login = await app.request.post('/binboi/api/auth/login').send({ email, password }).expect(200);
  expect(login.body.user.email).toBe(email);
  await restume.get('/me/account', login.body.token).expect(200);
  await app.request.get('/binboi/api/v1/auth/me').auth(token, { type: 'bearer' }).expect(200);

  const { raw_key } = await restume.makeKey(token);
  const atBinboi = () => app.request.get('/binboi/api/v1/auth/me').auth(raw_key, { type: 'bearer' });
  expect((await atBinboi().expect(200)).body).toMatchObject({
    user: { email },
    token_prefix: raw_key.slice(0, 8),
    auth_mode: 'personal-access-token',
  });
  const { data } = await app.graphql(
    '{ viewer { email userName apiKeys(format: RESTUME) { nodes { id prefix } } } }',
    {},
    raw_key,
  );
  expect(data.viewer).toMatchObject({ email, userName: username });

  await restume.get('/me/account', raw_key).expect(200);
  const [key] = data.viewer.apiKeys.nodes;
  const revoke = 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { status } } }';
  expect((await app.graphql(revoke, { id: key.id }, token)).data.revokeApiKey.apiKey.status).toBe('REVOKED');
  await restume.get('/me/account', raw_key).expect(401);
  await atBinboi().expect(401);
  expect((await app.graphql('{ viewer { id } }', {}, raw_key)).status).toBe(401);
  expect((await restume.get('/auth/api-keys', token)).body).toMatchObject([{ id: key.id, is_active: false }]);
});

it('takes a Binboi account and its token at RESTume', async () => {
  const body = { email: 'binboi@example.com', password };
  await app.request.post('/binboi/api/auth/register').send(body).expect(201);
  await restume.post('/auth/login', { username: body.email, password }).expect(403);
  const mail = await app.mailTo(body.email);
  const token = /[?&]token=([0-9a-f]{48})/.exec(mail.text)?.[1];
  await app.request.post('/binboi/api/auth/verify-email').send({ token }).expect(200);
  const session = await restume.login(body.email);
  const created = await app.request
    .post('/binboi/api/v1/tokens')
    .auth(session, { type: 'bearer' })
    .expect(201);
  const me = await app.request.get('/restume/v1/me/account').set('x-api-key', created.body.token).expect(200);
  expect(me.body).toMatchObject({ username: null, email: body.email });
  expect((await restume.get('/auth/api-keys', session)).body).toEqual([]);
});

it('proves an address once, whichever API’s mail is used', async () => {
  const who = { username: 'twoways', email: 'twoways@example.com', password };
  await restume.post('/auth/register', who).expect(201);
  await app.request.post('/binboi/api/auth/resend-verification').send({ email: who.email }).expect(200);
  const mail = (await app.mails()).findLast(({ to }) => to.includes(who.email));
  const token = /[?&]token=([0-9a-f]{48})/.exec(mail?.text ?? '')?.[1];
  await app.request.post('/binboi/api/auth/verify-email').send({ token }).expect(200);
  await restume.login(who.username);
});

it('is gone everywhere once it is deleted', async () => {
  const { username, token } = await restume.join();
  const { raw_key } = await restume.makeKey(token);
  await app.request.delete('/binboi/api/v1/auth/me').auth(token, { type: 'bearer' }).expect(204);
  await restume.get('/me/account', raw_key).expect(401);
  await restume.get('/me/account', token).expect(401);
  await restume.post('/auth/login', { username, password }).expect(401);
});
