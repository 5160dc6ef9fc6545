import { describe, expect, it } from 'vitest';
import { password, useApp } from '../support/app.ts';

const app = useApp({ DISABLE_RATE_LIMIT: 'false' });

const attempt = (alias: string, email: string, typed: string) =>
  `${alias}: signIn(input: { email: "${email}", password: "${typed}" }) { accessToken }`;

/** The codes of an answer to `mutation`, sorted; a success has none. */
async function codesOf(fields: readonly string[]): Promise<unknown[]> {
  const { errors } = await app.graphql(`mutation { ${fields.join(' ')} }`);
  return (errors ?? []).map(({ extensions }) => extensions.code).sort();
}

describe('Ten failed sign-ins to an account', { timeout: 60_000 }, () => {
  it('are ten, whatever the aliases of a GraphQL request: its first failure ends it', async () => {
    const { email } = await app.makeAccount();
    const many = (typed: string) =>
      Array.from({ length: 15 }, (_, index) => attempt(`a${index}`, email, typed));
    for (let count = 0; count < 10; count++)
      expect(await codesOf(many(`wrong password ${count}`))).toEqual(['SIGN_IN_FAILED']);
    expect(await codesOf(many(password))).toEqual(['RATE_LIMITED']);
  });

  it('end it at every endpoint, also for those who come together and know the password', async () => {
    const { email } = await app.makeAccount();
    const typed = { email, password: 'wrong password' };
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, () => app.request.post('/binboi/api/auth/login').send(typed)),
      ...Array.from({ length: 10 }, () =>
        app.request.post('/restume/v1/auth/login').send({ username: email, password: typed.password }),
      ),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array(10).fill(401),
      ...Array(10).fill(429),
    ]);
    await app.request.post('/binboi/api/auth/login').send({ email, password }).expect(429);
    await app.request.post('/openbin/api/auth/login').send({ email, password }).expect(429);
    expect(await codesOf([attempt('a', email, password)])).toEqual(['RATE_LIMITED']);
  });
});
