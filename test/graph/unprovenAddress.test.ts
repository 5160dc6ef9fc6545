import { describe, expect, it } from 'vitest';
import type { Account, ApiKeyFormat } from '../../src/generated/sqlite/client.ts';
import { apis } from '../../src/rest/apis/index.ts';
import { password, useApp } from '../support/app.ts';

// SECURITY.md: an account whose address was never proven may do what OpenBin lets it do, and nothing more.
const app = useApp();

const unproven = () => app.makeAccount({ verified: false });
const signIn =
  'mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { accessToken account { emailVerified } } }';
const codeOf = async (credential: string, operation: string) =>
  (await app.graphql(operation, {}, credential)).errors?.[0]?.extensions.code;
/** An account whose owner changed a proven address, and has not proven the new one. */
async function moved(): Promise<Account> {
  const { id } = await app.makeAccount();
  return app.db.account.update({ where: { id }, data: { emailVerifiedAt: null } });
}

/** How each API says it, by the code or the sentence of its envelope. */
const refusals = {
  binboi: { code: 'EMAIL_NOT_VERIFIED', error: expect.any(String) },
  restume: { detail: 'Verify the e-mail address first.' },
  bingo: { success: false, data: null, error: { code: 403, message: 'Verify the e-mail address first.' } },
} as const;
type Strict = keyof typeof refusals;

const closed = apis
  .filter(({ requiresProvenAddress }) => requiresProvenAddress)
  .flatMap((api) =>
    api.routes
      .filter(({ access }) => access !== 'public')
      .map(({ method, path }) => [api.name as Strict, method, path] as const),
  );

describe('Binboi, RESTume and Bingo', () => {
  it('are those that ask for a proven address', () => {
    expect([...new Set(closed.map(([name]) => name))].sort()).toEqual(['binboi', 'bingo', 'restume']);
  });

  it.each(
    closed,
  )('refuse an unproven address whatever the credential: %s %s %s', async (name, method, path) => {
    const account = await unproven();
    const credentials = [await app.makeSession(account)];
    for (const format of ['BINBOI', 'OPENBIN', 'RESTUME', 'BINGO'] as const) {
      credentials.push(await app.makeKey(account, format));
    }
    const url = `/${name}${path.replace(/:\w+/g, '1')}`;
    const send = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    for (const credential of credentials) {
      const { status, body } = await app.request[send](url).auth(credential, { type: 'bearer' });
      expect([status, body]).toEqual([403, refusals[name]]);
    }
  });

  it.each([
    'binboi',
    'restume',
    'bingo',
  ] as const)('do not refuse an owner whose new address is not proven yet: %s', async (name) => {
    const paths = { binboi: '/api/v1/tokens', restume: '/v1/me/account', bingo: '/api/v2/nodes/' };
    const session = await app.makeSession(await moved());
    await app.request.get(`/${name}${paths[name]}`).auth(session, { type: 'bearer' }).expect(200);
  });

  it('sign an unproven address in nowhere', async () => {
    const { email } = await unproven();
    const binboi = await app.request.post('/binboi/api/auth/login').send({ email, password });
    expect([binboi.status, binboi.body.code]).toEqual([403, 'EMAIL_NOT_VERIFIED']);
    const restume = await app.request.post('/restume/v1/auth/login').send({ username: email, password });
    expect([restume.status, restume.body]).toEqual([403, refusals.restume]);
    expect(await app.db.session.count({ where: { account: { email } } })).toBe(0);
  });
});

describe('in the graph an unproven address', () => {
  it('signs in, as at OpenBin, and nobody chooses a policy', async () => {
    const { email } = await unproven();
    const { data } = await app.graphql(signIn, { email, password });
    expect(data.signIn.account).toEqual({ emailVerified: false });
    const asked = await app.graphql(
      `mutation { signIn(input: { email: "${email}", password: "x", policy: HOUSEHOLD }) { accessToken } }`,
    );
    expect(asked.errors?.[0]?.message).toContain('"policy"');
  });

  it.each([
    ['a tunnel', 'mutation { createTunnel(input: {}) { tunnel { id } } }'],
    ['the end of a tunnel', 'mutation { deleteTunnel(input: { id: "x" }) { deletedTunnelId } }'],
    ['its VPN organization', '{ organization { id } }'],
    ['the VPN organizations it belongs to', '{ viewer { organizations { nodes { id } } } }'],
    ['a node', '{ vpnNode(id: 1) { id } }'],
    ['the password of a node', '{ vpnPassword(nodeId: 1, id: 1) { id } }'],
    [
      'a new node',
      'mutation { createVpnNode(input: { name: "x", ip: "192.0.2.1", host: "x.example.com", country: "de" }) { vpnNode { id } } }',
    ],
    ['a heartbeat', 'mutation { recordVpnHeartbeat(input: { nodeId: 1 }) { accepted { id } } }'],
    [
      'the place that somebody offers it in an organization',
      'mutation { acceptOrganizationInvitation(input: { token: "x" }) { organization { id } } }',
    ],
  ])('does not get %s', async (_what, operation) => {
    const account = await unproven();
    for (const credential of [await app.makeSession(account), await app.makeKey(account, 'OPENBIN')]) {
      expect(await codeOf(credential, operation)).toBe('EMAIL_NOT_VERIFIED');
    }
    const same = await codeOf(await app.makeSession(await moved()), operation);
    expect(same).not.toBe('EMAIL_NOT_VERIFIED');
    expect(same).not.toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it.each([
    ['OPENBIN', undefined],
    ['BINBOI', 'EMAIL_NOT_VERIFIED'],
    ['RESTUME', 'EMAIL_NOT_VERIFIED'],
    ['BINGO', 'EMAIL_NOT_VERIFIED'],
  ] as [
    ApiKeyFormat,
    string | undefined,
  ][])('asking for a key in the form %s gets %s', async (format, code) => {
    const create = `mutation { createApiKey(input: { format: ${format} }) { text } }`;
    expect(await codeOf(await app.makeSession(await unproven()), create)).toBe(code);
    expect(await codeOf(await app.makeSession(await moved()), create)).toBeUndefined();
  });
});

describe('at OpenBin an unproven address', () => {
  it('signs in, makes a location and a key, and its key works there', async () => {
    const { email } = await unproven();
    const call = (method: 'get' | 'post', path: string) => app.request[method](`/openbin/api${path}`);
    const login = await call('post', '/auth/login').send({ email, password }).expect(200);
    const cookies = login.headers['set-cookie'] as unknown as string[];
    const session = /openbin-access=([^;]+)/.exec(cookies.join('\n'))?.[1] as string;
    await call('post', '/locations').auth(session, { type: 'bearer' }).send({ name: 'Home' }).expect(201);
    const { body } = await call('post', '/api-keys').auth(session, { type: 'bearer' }).send({}).expect(201);
    await call('get', '/locations').auth(body.key, { type: 'bearer' }).expect(200);
    await app.request.get('/binboi/api/v1/tunnels').auth(body.key, { type: 'bearer' }).expect(403);
  });

  it('a suspended one fails to sign in as one with a wrong password does', async () => {
    const { email } = await app.makeAccount({ verified: false, active: false });
    const login = (secret: string) =>
      app.request.post('/openbin/api/auth/login').send({ email, password: secret });
    const [right, wrong] = [await login(password), await login('Wrong1password')];
    expect([right.status, right.body]).toEqual([401, wrong.body]);
  });
});
