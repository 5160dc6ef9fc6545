import { z } from 'zod';
import type { Account } from '../../../src/generated/sqlite/client.ts';
import { issueLongSecret } from '../../../src/graph/identity/secret/oneTimeSecrets.ts';
import { password, type TestApp } from '../../support/app.ts';
import { call, parameterNames, type Served, served, waysToSend } from './routes.ts';

/** Somebody who calls routes: with a key and a session, because some routes take only one of them. */
export interface TestCaller {
  readonly account: Account;
  readonly key: string;
  readonly session: string;
}

/** Makes a test caller on the plan without limits. */
export async function makeTestCaller(app: TestApp): Promise<TestCaller> {
  const account = await app.makeAccount({ plan: 'SCALE' });
  return { account, key: await app.makeKey(account), session: await app.makeSession(account) };
}

let made = 0;
type Json = Record<string, unknown>;

/** Values that mean something, by the name of the field without underscores, in lower case. */
function meaningful(path: string, { account }: TestCaller): Record<string, unknown> {
  const signsIn = /login|sign-?in/.test(path);
  const fresh = `walk${++made}`;
  // Who proves to be the owner needs the account's; a new one meets every contract's rule, and is new.
  const secret = signsIn || path.endsWith('/account') ? password : `Walk horse ${made}x`;
  return {
    email: signsIn ? account.email : `${fresh}@example.com`,
    username: signsIn ? account.email : fresh,
    password: secret,
    confirmpassword: secret,
    currentpassword: password,
    newpassword: `${secret} too`,
    name: 'Walk',
    fullname: 'Walk Er',
    displayname: 'Walk Er',
    subdomain: fresh,
    target: '3000',
    ip: '192.0.2.7',
    host: 'node.example.com',
    country: 'de',
    contactemail: 'contact@example.com',
    items: ['Walk'],
    names: ['Walk'],
    quantity: 2,
    tag: 'walk',
    tags: ['walk'],
    oldtag: 'walk',
    newtag: 'run',
    fromtags: ['walk'],
    totag: 'run',
    color: '',
    op: 'inc',
    value: 1,
    ...(path.endsWith('/change-code') && { code: `W${String(made).padStart(5, '0')}` }),
  };
}

/** Things that a test caller has, by the names of the fields which ask for their ids. */
const finders: Readonly<Record<string, (app: TestApp, testCaller: TestCaller) => Promise<unknown>>> = {
  locationid: async ({ db }, { account }) =>
    (await db.membership.findFirst({ where: { accountId: account.id }, orderBy: { id: 'asc' } }))?.locationId,
  binid: async ({ db }, { account }) =>
    (await db.bin.findFirst({ where: { createdById: account.id, deletedAt: null }, orderBy: { id: 'asc' } }))
      ?.id,
  itemids: async ({ db }, { account }) => {
    const where = { bin: { createdById: account.id, deletedAt: null }, deletedAt: null };
    const item = await db.binItem.findFirst({ where, orderBy: { id: 'asc' } });
    return item ? [item.id] : undefined;
  },
  ids: (app, testCaller) => finders.itemids?.(app, testCaller) ?? Promise.resolve(undefined),
  operations: async (app, testCaller) => {
    const bin_id = await finders.binid?.(app, testCaller);
    return bin_id && [{ type: 'set_notes', bin_id, mode: 'clear' }];
  },
  checkoutids: async ({ db }, { account }) => {
    const where = { checkedOutById: account.id, returnedAt: null };
    const checkout = await db.checkout.findFirst({ where, orderBy: { id: 'asc' } });
    return checkout ? [checkout.id] : undefined;
  },
};

const meaningOf = (field: string): string => field.replaceAll('_', '').toLowerCase();

/** A query with the ids that the route asks for there, and a small page. */
export async function sampleQuery(app: TestApp, { route }: Served, testCaller: TestCaller): Promise<string> {
  if (!route.query) return '';
  const { properties = {} } = z.toJSONSchema(route.query, { io: 'input', unrepresentable: 'any' }) as Json;
  const query = new URLSearchParams();
  for (const name of Object.keys(properties as Json)) {
    const id = await finders[meaningOf(name)]?.(app, testCaller);
    if (typeof id === 'string') query.set(name, id);
    // The largest pages cost too much over the open endpoint.
    else if (name === 'limit') query.set(name, '30');
  }
  return query.toString();
}

function sampleOf(schema: Json): unknown {
  const [variant] = (schema.anyOf ?? schema.oneOf ?? []) as Json[];
  if (variant) return sampleOf(variant);
  if ('default' in schema) return schema.default;
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  switch (schema.type) {
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 1));
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'object':
      return Object.fromEntries(
        ((schema.required ?? []) as string[]).map((name) => [
          name,
          sampleOf((schema.properties as Record<string, Json>)[name] ?? {}),
        ]),
      );
    default:
      return schema.format === 'date-time'
        ? '2030-01-01T00:00:00Z'
        : 'x'.repeat(Math.max(1, Number(schema.minLength ?? 1)));
  }
}

/** A body that the route takes: what its schema requires, and every field whose name says what belongs there. */
export async function sampleBody(app: TestApp, { route }: Served, testCaller: TestCaller): Promise<unknown> {
  if (!route.body) return undefined;
  const schema = z.toJSONSchema(route.body, { io: 'input', unrepresentable: 'any' }) as Json;
  const known = meaningful(route.path, testCaller);
  const required = new Set((schema.required ?? []) as string[]);
  const body: Json = {};
  for (const [name, field] of Object.entries((schema.properties ?? {}) as Record<string, Json>)) {
    const meaning = meaningOf(name);
    const found = await finders[meaning]?.(app, testCaller);
    if (found !== undefined) body[name] = found;
    else if (meaning === 'token') {
      const purpose = route.path.includes('reset') ? 'PASSWORD_RESET' : 'EMAIL_LINK';
      body[name] = await issueLongSecret(app.db, testCaller.account.id, purpose);
    } else if (meaning in known) body[name] = known[meaning];
    else if (required.has(name)) body[name] = sampleOf(field);
  }
  return body;
}

/** Calls as a test caller, with whichever of the credentials the route takes. */
export async function callAs(
  app: TestApp,
  testCaller: TestCaller,
  one: Served,
  params: Record<string, string> = {},
  given?: unknown,
) {
  const body = given ?? (await sampleBody(app, one, testCaller));
  const query = await sampleQuery(app, one, testCaller);
  const send = (credential: string) =>
    call(app, one, { params, query, body, headers: waysToSend(one.api, credential)[0] ?? {} });
  const answer = await send(testCaller.key);
  return [401, 403].includes(answer.status) ? send(testCaller.session) : answer;
}

/** Reads everything that has no id: some things of an account are made when they are first asked for. */
export async function settle(app: TestApp, testCaller: TestCaller): Promise<void> {
  const reads = served.filter(({ route }) => route.method === 'GET' && route.access !== 'public');
  for (const one of reads.filter(({ route }) => parameterNames(route).length === 0))
    await callAs(app, testCaller, one);
}

/** What each id that was seen may be the id of, as words of paths without a plural's ending. */
const kindsOf = new Map<string, Set<string>>();

const kindOf = (word: string): string => word.toLowerCase().replace(/(ies|y|s)$/, '');

/** The words of a path that stand for something. */
const wordsOf = (path: string): string[] =>
  path.split('/').filter((word) => word !== '' && !word.startsWith(':'));

/** Everything in an answer that may stand in a path: ids, and codes that are shared; `words` say what they may be of. */
function idsIn(value: unknown, words: readonly string[], ids: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const [, of = ''] = /^(.*?)_?(?:id|Id|code)$/.exec(name) ?? [];
    const isId =
      /(^|_|[a-z])(id|Id|code)$/.test(name) && (typeof inner === 'string' || Number.isInteger(inner));
    if (!isId) idsIn(inner, [...words, name], ids);
    else {
      const id = String(inner);
      const kinds = kindsOf.get(id) ?? new Set();
      // `bin_id` is a bin's and nothing else's; `id` is of what the path and the fields around it name.
      for (const word of of === '' || of === 'short' || of === 'share' ? words : [of])
        kinds.add(kindOf(word));
      kindsOf.set(id, kinds.add(kindOf(of)));
      ids.add(id);
    }
  }
}

/** The values that may be meant where a parameter stands; all of them when nothing tells. */
function fitting(path: string, name: string, values: readonly string[]): readonly string[] {
  const before = /([^/:]+)\/:NAME(?:\/|$)/.exec(path.replace(`:${name}`, ':NAME'))?.[1] ?? '';
  const fit = values.filter((value) => kindsOf.get(value)?.has(kindOf(before)));
  return fit.length > 0 ? fit : values;
}

/** Every way to give a route's path parameters these values, each where it may be meant. */
export function combinations({ path }: Served['route'], values: readonly string[]): Record<string, string>[] {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as string);
  return names.reduceRight<Record<string, string>[]>(
    (all, name) =>
      all.flatMap((others) => fitting(path, name, values).map((value) => ({ [name]: value, ...others }))),
    [{}],
  );
}

/** Puts one of a test caller's bins into the trash, if they have several: some routes are only about those. */
async function throwAway({ db }: TestApp, { account }: TestCaller): Promise<void> {
  const where = { createdById: account.id, deletedAt: null };
  const [newest, other] = await db.bin.findMany({ where, orderBy: { id: 'desc' }, take: 2 });
  if (newest && other) await db.bin.update({ where: { id: newest.id }, data: { deletedAt: new Date() } });
}

/** Makes one of everything that the API lets a test caller make; answers the ids in all of it. */
export async function makeThings(app: TestApp, testCaller: TestCaller, apiName: string): Promise<string[]> {
  const creating = served.filter(
    ({ api, route }) =>
      api.name === apiName &&
      route.method === 'POST' &&
      route.access !== 'public' &&
      // These make nothing: they end the test caller's session, checkouts and entries of the shopping list.
      !/logout|return$|purchase$/.test(route.path),
  );
  const ids = new Set<string>();
  for (const depth of [0, 1, 2]) {
    for (const one of creating.filter(({ route }) => parameterNames(route).length === depth)) {
      for (const params of combinations(one.route, [...ids])) {
        const answer = await callAs(app, testCaller, one, params);
        if (answer.status < 300) idsIn(answer.body, wordsOf(one.route.path), ids);
      }
    }
  }
  await throwAway(app, testCaller);
  return [...ids];
}
