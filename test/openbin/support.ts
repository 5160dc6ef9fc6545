import supertest from 'supertest';
import type { Account } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { startTestApp } from '../support/app.ts';
import { useStarted } from '../support/started.ts';

/** A password that meets OpenBin's rule (7.2). */
export const strongPassword = 'Correct1horse';

/** The server with OpenBin at its own host name, as its clients know it. */
export async function startOpenbin(env: Record<string, string> = {}) {
  const app = await startTestApp(env);
  const agent = supertest(app.url);

  /** A request to a documented path, such as `/auth/me`; with a bearer when one is given. */
  function call(
    method: 'get' | 'post' | 'put' | 'delete' | 'options' | 'head' | 'patch',
    path: string,
    bearer?: string,
  ) {
    const request = agent[method](`/api${path}`).set('Host', 'openbin.localhost');
    return bearer === undefined ? request : request.set('Authorization', `Bearer ${bearer}`);
  }

  let people = 0;
  /** Somebody with a key in OpenBin's form and a session. */
  async function person(options: Parameters<typeof app.makeAccount>[0] = {}): Promise<Person> {
    const account = await app.makeAccount({ email: `someone${++people}@example.com`, ...options });
    const [key, session] = [await app.makeKey(account, 'OPENBIN'), await app.makeSession(account)];
    return { account, key, session };
  }

  return {
    ...app,
    call,
    person,
    /** A location of a person, through HTTP. */
    async location(of: Person, name = 'Home') {
      const { body } = await call('post', '/locations', of.key).send({ name }).expect(201);
      return body as { id: string; invite_code: string };
    },
    /** Makes somebody belong to a location in a role, at once. */
    async belong(who: Person, locationId: string, role: 'ADMIN' | 'MEMBER' | 'VIEWER') {
      await app.db.membership.create({ data: { id: newId(), locationId, accountId: who.account.id, role } });
    },
    /** The log of a location, once all that is under way was written. */
    async log(locationId: string, as: Person, query = '') {
      await app.services.background.drain();
      const { body } = await call('get', `/locations/${locationId}/activity${query}`, as.key).expect(200);
      return body as { results: Record<string, unknown>[]; count: number };
    },
  };
}

/** Somebody who can call. */
export interface Person {
  readonly account: Account;
  readonly key: string;
  /** What a key may not do needs it: the address, the password, the end of the account. */
  readonly session: string;
}

/** A running server with OpenBin in front. */
export type Openbin = Awaited<ReturnType<typeof startOpenbin>>;

/** {@link startOpenbin} for the tests of a file or block. */
export const useOpenbin = (env: Record<string, string> = {}): Openbin => useStarted(() => startOpenbin(env));

/** One cookie of an answer, as the header has it. */
export interface SetCookie {
  readonly value: string;
  readonly attributes: string;
}

/** The cookies that an answer sets or clears, by name. */
export function cookiesOf(response: { headers: Record<string, unknown> }): Record<string, SetCookie> {
  const headers = (response.headers['set-cookie'] ?? []) as string[];
  return Object.fromEntries(
    headers.map((header) => {
      const [pair = '', ...attributes] = header.split('; ');
      const at = pair.indexOf('=');
      return [pair.slice(0, at), { value: pair.slice(at + 1), attributes: attributes.join('; ') }];
    }),
  );
}

/** A `Cookie` header out of what an answer set. */
export function jar(cookies: Record<string, SetCookie>, ...names: string[]): string {
  return Object.entries(cookies)
    .filter(([name]) => names.length === 0 || names.includes(name))
    .map(([name, { value }]) => `${name}=${value}`)
    .join('; ');
}
