import type { TestApp } from '../../support/app.ts';

/** The password that these helpers register with. */
export const password = 'correct horse battery';

let made = 0;

/** A body for register that no other test sends. */
export function person(overrides: Record<string, unknown> = {}) {
  const name = `ada_${++made}`;
  return { username: name, email: `${name}@example.com`, password, full_name: 'Ada Lovelace', ...overrides };
}

/** Calls RESTume's routes of an app. */
export function restumeOf(app: TestApp) {
  const post = (path: string, body?: unknown) => app.request.post(`/restume/v1${path}`).send(body as object);
  const signedPost = (path: string, token: string, body?: unknown) =>
    post(path, body).auth(token, { type: 'bearer' });
  const get = (path: string, token: string) =>
    app.request.get(`/restume/v1${path}`).auth(token, { type: 'bearer' });
  const remove = (path: string, token: string) =>
    app.request.delete(`/restume/v1${path}`).auth(token, { type: 'bearer' });

  /** The six digits of the newest mail to an address. */
  async function codeFor(email: string): Promise<string> {
    const mail = (await app.mails()).findLast(({ to }) => to.includes(email));
    const code = /^\d{6}$/m.exec(mail?.text ?? '')?.[0];
    if (!code) throw new Error(`no code for ${email}`);
    return code;
  }

  async function login(username: string, secret = password): Promise<string> {
    const { body } = await post('/auth/login', { username, password: secret }).expect(200);
    return body.access_token;
  }

  return {
    post,
    signedPost,
    get,
    remove,
    codeFor,
    login,
    /** Registers, proves the address and signs in: an account by the documented way. */
    async join(overrides: Record<string, unknown> = {}) {
      const who = person(overrides);
      await post('/auth/register', who).expect(201);
      await post('/auth/verify-email', { email: who.email, code: await codeFor(who.email) }).expect(200);
      return { ...who, token: await login(who.username) };
    },
    /** A new key of a session's account. */
    async makeKey(token: string, name = 'ci'): Promise<{ id: string; raw_key: string }> {
      const { body } = await signedPost('/auth/api-keys', token, { name }).expect(201);
      return body;
    },
  };
}

/** What {@link restumeOf} answers. */
export type Restume = ReturnType<typeof restumeOf>;
