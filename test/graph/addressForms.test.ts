import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { password, useApp } from '../support/app.ts';

const app = useApp();

let made = 0;
const display = { displayName: 'Ada', password: 'Correct1horse' };
/** Registers an address at each API that does so; answers the status and the code. */
const doors: Record<string, (email: string) => Promise<readonly [number, unknown]>> = {
  Binboi: async (email) => {
    const body = { name: 'Ada', email, password, confirm_password: password };
    const { status, body: answer } = await app.request.post('/binboi/api/auth/register').send(body);
    return [status, answer.error?.code ?? answer.code ?? answer.error];
  },
  OpenBin: async (email) => {
    const { status, body } = await app.request.post('/openbin/api/auth/register').send({ email, ...display });
    return [status, body.error];
  },
  RESTume: async (email) => {
    const body = { username: `user_${++made}`, email, password, full_name: 'Ada' };
    const { status } = await app.request.post('/restume/v1/auth/register').send(body);
    return [status, undefined];
  },
  GraphQL: async (email) => {
    const query = 'mutation ($input: RegisterInput!) { register(input: $input) { account { id } } }';
    const { errors } = await app.graphql(query, { input: { email, password } });
    return [errors ? 422 : 201, errors?.[0]?.extensions.code];
  },
};
const isDone = (status: number) => status === 200 || status === 201;

describe.each(Object.entries(doors))('An address at %s', (_api, register) => {
  const name = () => `mail${++made}`;

  it('with an invisible character is invalid, so that it makes no second account of a mailbox', async () => {
    const local = name();
    const [first] = await register(`${local}@example.com`);
    expect(isDone(first)).toBe(true);
    const before = await app.db.account.count();
    for (const hidden of ['\u200b', '\u2060', '\u00ad', '\u3164', '\u202e']) {
      for (const email of [
        `${local}@example.com${hidden}`,
        `${hidden}${local}@example.com`,
        `${local}@exam${hidden}ple.com`,
      ]) {
        const [status] = await register(email);
        expect([email, status === 400 || status === 422]).toEqual([email, true]);
      }
    }
    expect(await app.db.account.count()).toBe(before);
  });

  it('is the same with its domain in Unicode and in ASCII, composed and decomposed', async () => {
    const local = name();
    const [first] = await register(`${local}@bücher.example`);
    expect(isDone(first)).toBe(true);
    const before = await app.db.account.count();
    for (const domain of [
      'xn--bcher-kva.example',
      'bu\u0308cher.example',
      'BÜCHER.example',
      'bücher。example',
    ]) {
      const [status, code] = await register(`${local}@${domain}`);
      expect([domain, status === 409 || code === 'EMAIL_TAKEN']).toEqual([domain, true]);
    }
    expect(await app.db.account.count()).toBe(before);
    const row = await app.db.account.findUniqueOrThrow({
      where: { email: `${local}@xn--bcher-kva.example` },
    });
    expect((await app.mailTo(row.email)).to).toContain(row.email);
  });
});

describe('An address', () => {
  it('and its invisible variants never make two accounts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          '\u200b',
          '\u2060',
          '\u200d',
          '\ufeff',
          '\u0001',
          '\u034f',
          '\u180e',
          '\ufe0f',
          '\u{e0041}',
        ),
        fc.nat({ max: 30 }),
        fc.constantFrom('example.com', 'bücher.example', 'e\u0301cole.example'),
        async (hidden, at, domain) => {
          const local = `prop${++made}`;
          const email = `${local}@${domain}`;
          const place = at % (email.length + 1);
          const variant = email.slice(0, place) + hidden + email.slice(place);
          const before = await app.db.account.count();
          for (const one of [email, variant, variant.normalize('NFC')]) await doors.GraphQL?.(one);
          expect(await app.db.account.count()).toBe(before + 1);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('of an older row is found by every form, and taken for new accounts', async () => {
    const { id } = await app.makeAccount({ email: 'old@bu\u0308cher.example' });
    for (const email of ['old@bücher.example', 'old@xn--bcher-kva.example', 'old@bu\u0308cher.example']) {
      const { data } = await app.graphql(
        'mutation ($i: SignInInput!) { signIn(input: $i) { account { id } } }',
        { i: { email, password } },
      );
      expect(data.signIn.account.id).toBe(id);
      expect((await doors.GraphQL?.(email))?.[1]).toBe('EMAIL_TAKEN');
    }
  });

  it('that collides since an older version still signs in its own account', async () => {
    const plain = await app.makeAccount({ email: 'twin@example.com' });
    const hidden = await app.makeAccount({ email: 'twin@example.com\u200b' });
    for (const { id, email } of [plain, hidden]) {
      const { data } = await app.graphql(
        'mutation ($i: SignInInput!) { signIn(input: $i) { account { id } } }',
        { i: { email, password } },
      );
      expect(data.signIn.account.id).toBe(id);
    }
  });

  it('is compared in its ASCII form when it is changed', async () => {
    await app.makeAccount({ email: 'taken@xn--bcher-kva.example' });
    const session = await app.makeSession(await app.makeAccount());
    const change = 'mutation ($i: UpdateProfileInput!) { updateProfile(input: $i) { account { email } } }';
    const taken = await app.graphql(change, { i: { email: 'taken@bücher.example' } }, session);
    expect(taken.errors?.[0]?.extensions.code).toBe('EMAIL_TAKEN');
    const { data } = await app.graphql(change, { i: { email: 'free@bücher.example' } }, session);
    expect(data.updateProfile.account.email).toBe('free@xn--bcher-kva.example');
  });
});
