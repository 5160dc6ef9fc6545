import { describe, expect, it } from 'vitest';
import { isCommonPassword } from '../../src/graph/identity/account/commonPasswords.ts';
import { password, useApp } from '../support/app.ts';

const app = useApp();
const common = ['password', '12345678', 'Password1', 'QWERTY123', 'P@ssw0rd'];
let made = 0;
const email = () => `common${++made}@example.com`;

describe('The list', () => {
  it.each(common)('has %j', async (text) => expect(await isCommonPassword(text)).toBe(true));
  it.each(['secureP@ss123', 'min8chars', 'Abcdefg1', password])('does not have %j', async (text) =>
    expect(await isCommonPassword(text)).toBe(false));
});

describe('A common password', () => {
  it('is refused at OpenBin with 422', async () => {
    for (const text of ['Password1', 'Qwerty123']) {
      const body = { email: email(), password: text, displayName: 'Ada' };
      const answer = await app.request.post('/openbin/api/auth/register').send(body);
      expect([answer.status, answer.body.error]).toEqual([422, 'VALIDATION_ERROR']);
    }
  });

  it('is refused at RESTume with 422, and the documented sample is taken', async () => {
    const register = (text: string) => {
      const body = { username: `common_${++made}`, email: email(), password: text, full_name: 'Ada' };
      return app.request.post('/restume/v1/auth/register').send(body);
    };
    for (const text of common) expect((await register(text)).status).toBe(422);
    for (const text of ['secureP@ss123', 'min8chars']) expect((await register(text)).status).toBe(201);
  });

  it('is taken at Binboi, whose contract has a rule for the length only', async () => {
    for (const text of [...common, 'min8chars']) {
      const body = { name: 'Ada', email: email(), password: text, confirm_password: text };
      expect((await app.request.post('/binboi/api/auth/register').send(body)).status).toBe(201);
    }
  });

  const rejected = async (query: string, input: object, credential?: string) => {
    const { errors } = await app.graphql(query, { input }, credential);
    return [errors?.[0]?.extensions.code, JSON.stringify(errors?.[0]?.extensions).includes('guessed first')];
  };
  const refusal = ['INVALID_INPUT', true];

  it('is refused to direct callers of the graph, whichever rule they name', async () => {
    const register = 'mutation ($input: RegisterInput!) { register(input: $input) { account { id } } }';
    for (const passwordRule of ['STANDARD', 'SHORT']) {
      expect(await rejected(register, { email: email(), password: 'password', passwordRule })).toEqual(
        refusal,
      );
    }
    const open = 'mutation ($input: OpenAccountInput!) { openAccount(input: $input) { account { id } } }';
    expect(await rejected(open, { email: email(), password: 'Password1', displayName: 'Ada' })).toEqual(
      refusal,
    );
    const update = 'mutation ($input: UpdateViewerInput!) { updateViewer(input: $input) { account { id } } }';
    const session = await app.makeSession(await app.makeAccount());
    const change = { currentPassword: password, newPassword: 'Password1' };
    expect(await rejected(update, change, session)).toEqual(refusal);
    const create =
      'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { account { id } } }';
    const administrator = await app.makeSession(await app.makeAccount({ administrator: true }));
    expect(await rejected(create, { email: email(), password: '12345678' }, administrator)).toEqual(refusal);
    const reset = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { accountId } }';
    expect(await rejected(reset, { token: 'x'.repeat(48), newPassword: 'password' })).toEqual(refusal);
  });

  it('signs in as before: only new passwords are looked at', async () => {
    const { id, email: address } = await app.makeAccount();
    const passwordHash = await app.services.hasher.hash('password');
    await app.db.account.update({ where: { id }, data: { passwordHash } });
    const body = { email: address, password: 'password' };
    expect((await app.request.post('/openbin/api/auth/login').send(body)).status).toBe(200);
  });
});
