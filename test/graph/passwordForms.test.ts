import { describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';

const app = useApp();
const composed = 'Pässwort \u00e9 1';
const decomposed = composed.normalize('NFD').replaceAll(' ', '\u00a0');
const signIn = 'mutation ($i: SignInInput!) { signIn(input: $i) { account { id } } }';

/** Signs in at each API; answers the status. */
const doors: Record<string, (email: string, password: string) => Promise<number>> = {
  Binboi: async (email, password) =>
    (await app.request.post('/binboi/api/auth/login').send({ email, password })).status,
  OpenBin: async (email, password) =>
    (await app.request.post('/openbin/api/auth/login').send({ email, password })).status,
  RESTume: async (email, password) =>
    (await app.request.post('/restume/v1/auth/login').send({ username: email, password })).status,
  GraphQL: async (email, password) =>
    (await app.graphql(signIn, { i: { email, password } })).errors ? 401 : 200,
};

let made = 0;
async function accountWith(password: string) {
  const email = `form${++made}@example.com`;
  const query = 'mutation ($i: RegisterInput!) { register(input: $i) { account { id } } }';
  const { data } = await app.graphql(query, { i: { email, password } });
  await app.db.account.update({
    where: { id: data.register.account.id },
    data: { emailVerifiedAt: new Date() },
  });
  return email;
}

describe.each(Object.entries(doors))('A password at %s', (_api, door) => {
  it('signs in composed and decomposed, with any kind of space, whichever was registered', async () => {
    for (const registered of [composed, decomposed]) {
      const email = await accountWith(registered);
      for (const typed of [composed, decomposed]) expect(await door(email, typed)).toBe(200);
      expect(await door(email, 'Passwort e 1')).toBe(401);
    }
  });

  it('that was hashed as it was typed by an older version still signs in as it was typed', async () => {
    const { id, email } = await app.makeAccount();
    const passwordHash = await app.services.hasher.hash(decomposed);
    await app.db.account.update({ where: { id }, data: { passwordHash } });
    expect(await door(email, decomposed)).toBe(200);
  });
});

describe('The work of a sign-in', () => {
  async function compared(email: string, password: string): Promise<(string | null)[]> {
    const { hasher } = app.services;
    const { verify } = hasher;
    const seen: (string | null)[] = [];
    hasher.verify = (phc, typed) => {
      seen.push(phc && 'hash');
      return verify(phc, typed);
    };
    await app.graphql(signIn, { i: { email, password } });
    hasher.verify = verify;
    return seen;
  }

  it.each([
    ['ASCII', 'wrong horse battery', 1],
    ['composed', 'wrong pässwort', 1],
    ['decomposed', 'wrong pa\u0308sswort', 2],
  ])('with a wrong password, %s, is the same for a known and an unknown account', async (_how, typed, count) => {
    const { email } = await app.makeAccount();
    expect(await compared(email, typed)).toEqual(Array(count).fill('hash'));
    expect(await compared('nobody@example.com', typed)).toEqual(Array(count).fill(null));
  });
});
