import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readOutbox } from '../support/mails.ts';
import { type ServerProcess, startServerProcess } from '../support/serverProcess.ts';

let server: ServerProcess;
beforeAll(async () => {
  server = await startServerProcess({ LOG_LEVEL: 'trace', DISABLE_RATE_LIMIT: 'true' });
}, 240_000);
afterAll(() => server.stop());

/** What must be in no line, by what it is. */
const secrets = new Map<string, string>();

/** Notes a secret. */
function secret(what: string, text: unknown): string {
  expect([what, typeof text]).toEqual([what, 'string']);
  secrets.set(what, text as string);
  return text as string;
}

const unlike = (name: string) => `${name}-${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;

async function call(
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string>; credential?: string | undefined } = {},
) {
  const { body, headers = {}, credential } = options;
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(credential && { authorization: `Bearer ${credential}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
    if (value.length > 10) secret(`cookie ${name} ${secrets.size}`, value);
  }
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const graphql = (query: string, variables: object, credential?: string) =>
  call('POST', '/graphql', { body: { query, variables }, credential });

/** The newest mail to an address, once there are so many. */
async function mailTo(address: string, subject: string): Promise<string> {
  const found = () =>
    readOutbox(server.dataDir).find((mail) => mail.to.includes(address) && mail.subject === subject);
  await expect.poll(() => found() !== undefined).toBe(true);
  return found()?.text ?? '';
}

it('no line of the log has a password, a key, a token or a code in it, whatever was done', {
  timeout: 180_000,
}, async () => {
  const password = secret('password', unlike('password'));
  const wrong = secret('wrong password', unlike('wrong'));
  const changed = secret('changed password', unlike('changed'));
  const reset = secret('reset password', unlike('reset'));

  // Binboi: register, verify by link, sign in rightly and wrongly, keys, new password, reset.
  const ada = 'ada@example.com';
  await call('POST', '/binboi/api/auth/register', {
    body: { email: ada, password, confirm_password: password },
  });
  const link = secret(
    'token of a link',
    /token=([0-9a-f]+)/.exec(await mailTo(ada, 'Confirm your e-mail address'))?.[1],
  );
  await call('GET', `/verify-email?token=${link}&email=${ada}`).catch(() => {});
  await call('POST', '/binboi/api/auth/verify-email', { body: { token: `${link}0` } });
  expect((await call('POST', '/binboi/api/auth/verify-email', { body: { token: link } })).status).toBe(200);
  await call('POST', '/binboi/api/auth/login', { body: { email: ada, password: wrong } });
  const signedIn = await call('POST', '/binboi/api/auth/login', { body: { email: ada, password } });
  const session = secret('session', signedIn.body.token);
  secret('signature of a session', session.split('.')[2]);
  const made = await call('POST', '/binboi/api/v1/tokens', { body: { name: 'laptop' }, credential: session });
  const key = secret('Binboi key', made.body.token);
  for (const [path, headers] of [
    ['/binboi/api/v1/auth/me', { authorization: `Bearer ${key}` }],
    ['/binboi/api/v1/auth/me', { 'x-binboi-token': key }],
    [`/binboi/api/v1/auth/me?token=${key}`, {}],
    [`/binboi/api/v1/tokens/${key}`, { authorization: `Bearer ${session}` }],
    ['/restume/v1/me/account', { 'x-api-key': key }],
    [`/bingo/api/v2/nodes/?api_key=${key}`, { authorization: `Bearer ${key}` }],
    [`/nothing/${key}`, { cookie: `binboi_token=${session}` }],
    [`/graphql?query={viewer{id}}&token=${session}`, { authorization: `Bearer ${session}` }],
  ] as const) {
    await call('GET', path, { headers }).catch(() => {});
  }
  const renewal = { current_password: password, new_password: changed };
  expect((await call('PUT', '/binboi/api/v1/auth/me', { body: renewal, credential: session })).status).toBe(
    200,
  );
  await call('POST', '/binboi/api/auth/forgot-password', { body: { email: ada } });
  const resetLink = secret(
    'token of a reset',
    /token=([0-9a-f]+)/.exec(await mailTo(ada, 'Set a new password'))?.[1],
  );
  const newPassword = { token: resetLink, new_password: reset };
  expect((await call('POST', '/binboi/api/auth/reset-password', { body: newPassword })).status).toBe(200);
  await call('DELETE', `/binboi/api/v1/tokens/${made.body.record.id}`, { credential: key });
  await call('GET', '/binboi/api/v1/auth/me', { credential: key });

  // RESTume: a code, a key in its header.
  const bob = 'bob@example.com';
  const joined = { username: 'bob', email: bob, password, full_name: 'Bob' };
  expect((await call('POST', '/restume/v1/auth/register', { body: joined })).status).toBe(201);
  const code = secret('six digits', /\b\d{6}\b/.exec(await mailTo(bob, 'Your confirmation code'))?.[0]);
  const guess = secret('six wrong digits', String(((Number(code) + 333_333) % 900_000) + 100_000));
  await call('POST', '/restume/v1/auth/verify-email', { body: { email: bob, code: guess } });
  expect((await call('POST', '/restume/v1/auth/verify-email', { body: { email: bob, code } })).status).toBe(
    200,
  );
  const bobs = (await call('POST', '/restume/v1/auth/login', { body: { username: 'bob', password } })).body;
  secret('RESTume session', bobs.access_token);
  const credential = bobs.access_token;
  const restumeKey = await call('POST', '/restume/v1/auth/api-keys', { body: { name: 'ci' }, credential });
  secret('RESTume key', restumeKey.body.raw_key);
  await call('GET', '/restume/v1/me/account', { headers: { 'x-api-key': restumeKey.body.raw_key } });
  await call('POST', '/restume/v1/auth/google', {
    body: { credential: secret('ID token', `${unlike('id')}.b.c`) },
  });

  // GraphQL: in variables, in the document, in documents that do not fit.
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken refreshToken } }';
  const graphSession = (await graphql(signIn, { input: { email: ada, password: reset } })).body.data.signIn;
  secret('access token of the graph', graphSession.accessToken);
  if (graphSession.refreshToken) secret('refresh token of the graph', graphSession.refreshToken);
  await graphql(signIn, { input: { email: ada, password: wrong } });
  await graphql(signIn, { input: { email: [ada], password: { deep: wrong } } });
  await graphql(`mutation { signIn(input: { email: "${ada}", password: "${wrong}" }) { accessToken } }`, {});
  await graphql(`mutation { signIn(input: { email: "${ada}", passwort: "${wrong}" }) { accessToken `, {});
  const bingoKey = await graphql(
    'mutation { createApiKey(input: { format: BINGO, name: "agent" }) { text } }',
    {},
    graphSession.accessToken,
  );
  const agent = secret('Bingo key', bingoKey.body.data.createApiKey.text);

  // Bingo: connection passwords and their share codes.
  const nodes = '/bingo/api/v2/nodes/';
  const node = { name: 'n', ip: '192.0.2.1', host: 'n.example.com', country: 'de' };
  const { id } = (await call('POST', nodes, { body: node, credential: agent })).body.data;
  const own = secret('connection password', unlike('connection'));
  const passwords = `${nodes}${id}/passwords/`;
  const given = await call('POST', passwords, { body: { name: 'p', password: own }, credential: agent });
  const generated = await call('POST', passwords, { body: { name: 'q' }, credential: agent });
  secret('generated connection password', generated.body.data.password);
  const share = secret('share code', given.body.data.share_code);
  expect((await call('GET', `/bingo/api/v2/shared/${share}/`)).status).toBe(200);
  await call('POST', `${nodes}${id}/heartbeat/`, { body: {}, credential: agent });

  // OpenBin: cookies.
  const cookies = await call('POST', '/openbin/api/auth/login', { body: { email: ada, password: reset } });
  expect(cookies.status).toBe(200);
  await call('POST', '/openbin/api/auth/login', { body: { email: ada, password: wrong } });

  // Bodies that are none.
  for (const path of [
    '/binboi/api/auth/login',
    '/restume/v1/auth/login',
    '/openbin/api/auth/login',
    '/graphql',
  ])
    await call('POST', path, { body: `{"password": "${wrong}", ` });

  expect(secrets.size).toBeGreaterThan(20);
  const lines = () => server.output().split('\n');
  await expect
    .poll(() => lines().filter((line) => line.includes('"msg":"request"')).length)
    .toBeGreaterThan(30);
  for (const [what, text] of secrets) {
    const forms = [
      text,
      encodeURIComponent(text),
      Buffer.from(text).toString('base64'),
      JSON.stringify(text).slice(1, -1),
    ];
    // Six digits may stand in a time or a number by chance; alone they do not.
    const isCode = /^\d{6}$/.test(text);
    const found = lines().filter((line) =>
      isCode ? new RegExp(`(?<![\\d.])${text}(?!\\d)`).test(line) : forms.some((form) => line.includes(form)),
    );
    expect([what, found]).toEqual([what, []]);
  }
});
