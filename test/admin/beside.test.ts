import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePlace, startServer } from './support.ts';

// Every change is made by the command line in this process and seen by a server in another.
const place = await makePlace({ REGISTRATION_MODE: 'invite' });
const email = 'ann@example.com';
const password = 'correct horse battery';
let server: Awaited<ReturnType<typeof startServer>>;
let token: string;

beforeAll(async () => {
  server = await startServer(place.env);
  expect((await place.admin(['create-account', '--email', email], `${password}\n`)).code).toBe(0);
  token = await server.signIn(email, password);
});
afterAll(async () => {
  await server?.stop();
  await place.remove();
});

const whoIs = (credential: string) => server.call('GET', '/api/v1/auth/me', credential);
const done = { code: 0, stderr: '' };

describe('a running server goes by a change from its next request on', () => {
  test('a revoked key is refused, and only that one', async () => {
    const [leaked, other] = [await server.makeKey(token), await server.makeKey(token)];
    for (const { text } of [leaked, other]) expect((await whoIs(text)).status).toBe(200);
    expect(await place.admin(['revoke-key', leaked.id])).toMatchObject(done);
    expect(await whoIs(leaked.text)).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
    expect((await whoIs(other.text)).status).toBe(200);
    const { stdout } = await place.admin(['keys', email]);
    expect(stdout).toMatch(new RegExp(`${leaked.id}  binboi_pat_\\w{8}  REVOKED `));
    expect(stdout).toMatch(new RegExp(`${other.id}  binboi_pat_\\w{8}  ACTIVE `));
    expect(stdout).not.toContain(leaked.text);
  });

  test('a plan is shown, and its limits hold', async () => {
    expect((await whoIs(token)).body.user.plan).toBe('FREE');
    expect(await place.admin(['set-plan', ' Ann@Example.com ', 'pro'])).toMatchObject(done);
    expect((await whoIs(token)).body.user.plan).toBe('PRO');
    expect((await server.call('GET', '/api/v1/tokens', token)).body.limits.max_tokens).toBe(25);
  });

  test('an account that is switched off is refused until it is on again', async () => {
    const key = await server.makeKey(token);
    expect(await place.admin(['set-active', email, 'false'])).toMatchObject(done);
    for (const credential of [token, key.text]) expect((await whoIs(credential)).status).toBe(401);
    const login = await server.call('POST', '/api/auth/login', undefined, { email, password });
    expect(login).toMatchObject({ status: 403, body: { code: 'ACCOUNT_INACTIVE' } });
    expect((await place.admin(['accounts'])).stdout).toMatch(/ann@example.com +inactive/);
    expect(await place.admin(['set-active', email, 'true'])).toMatchObject(done);
    for (const credential of [token, key.text]) expect((await whoIs(credential)).status).toBe(200);
  });

  test('the right of an administrator is there, and gone', async () => {
    const list = async () =>
      (await server.call('POST', '/graphql', token, { query: '{ accounts { nodes { email } } }' })).body;
    const refused = { errors: [{ extensions: { code: 'FORBIDDEN' } }] };
    expect(await list()).toMatchObject(refused);
    expect(await place.admin(['grant-administrator', email])).toMatchObject(done);
    expect((await list()).data.accounts.nodes).toEqual([{ email }]);
    expect((await place.admin(['accounts', 'ANN@'])).stdout).toMatch(/ann@example.com +administrator/);
    expect(await place.admin(['withdraw-administrator', email])).toMatchObject(done);
    expect(await list()).toMatchObject(refused);
  });

  test('an invitation registers one person', async () => {
    const { code, stdout, stderr } = await place.admin(['invite', '--hours', '1']);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('Good for one') });
    const register = (address: string) =>
      server.call('POST', '/api/auth/register', undefined, {
        email: address,
        password,
        invitation_code: stdout.trim(),
      });
    expect((await register('bob@example.com')).status).toBe(201);
    expect(await register('cid@example.com')).toMatchObject({
      status: 403,
      body: { code: 'INVITATION_INVALID' },
    });
  });

  test('a deleted account is restored by its address or id', async () => {
    const gone = 'gone@example.com';
    expect((await place.admin(['create-account', '--email', gone], `${password}\n`)).code).toBe(0);
    const login = () => server.call('POST', '/api/auth/login', undefined, { email: gone, password });
    const remove = async () => {
      const session = await server.signIn(gone, password);
      expect((await server.call('DELETE', '/api/v1/auth/me', session)).status).toBe(204);
      expect((await login()).status).toBe(401);
    };
    await remove();
    expect((await place.admin(['accounts', gone])).stdout).toMatch(/gone@example.com +deleted/);
    expect(await place.admin(['restore-account', ' Gone@Example.com '])).toMatchObject({
      ...done,
      stdout: 'gone@example.com is restored.\n',
    });
    expect((await login()).status).toBe(200);
    expect(await place.admin(['restore-account', gone])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No account with the address gone@example.com waits for its deletion.'),
    });
    await remove();
    expect((await place.admin(['create-account', '--email', gone], `${password}\n`)).code).toBe(0);
    expect((await place.admin(['restore-account', gone])).code).toBe(1);
  });
});

test('a backup made while the server serves holds its accounts', async () => {
  const { code, stdout } = await place.admin(['backup', 'copies/today']);
  const file = join(place.dataDir, 'copies/today');
  expect({ code, stdout }).toEqual({ code: 0, stdout: `The database was copied to ${file}.\n` });
  if (place.engine === 'postgresql') {
    expect(readFileSync(file).subarray(0, 5).toString()).toBe('PGDMP');
    return;
  }
  const copy = new BetterSqlite3(file, { readonly: true });
  expect(copy.prepare('SELECT email FROM Account ORDER BY email').pluck().all()).toContain(email);
  copy.close();
});

test.skipIf(place.engine !== 'sqlite')('a backup never replaces the database it copies', async () => {
  const file = place.url.slice('file:'.length);
  for (const target of [file, `${file}-wal`]) {
    expect(existsSync(target)).toBe(true);
    const { code, stderr } = await place.admin(['backup', target]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'A backup must not replace the database itself.\n' });
  }
  expect((await whoIs(token)).status).toBe(200);
});
