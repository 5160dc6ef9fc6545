import { beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/errors/catalogue.ts';
import { DomainError } from '../../src/errors/domainError.ts';
import { identityServices } from '../../src/graph/identity/services.ts';
import { createSessionTokens } from '../../src/graph/identity/session/sessionTokens.ts';
import { replyToError } from '../../src/rest/engine/errorMapping.ts';
import { useApp } from '../support/app.ts';
import { databaseState } from './support/databaseState.ts';
import { call, cases, served, waysToSend } from './support/routes.ts';
import { makeTestCaller, sampleBody, type TestCaller } from './support/samples.ts';

const app = useApp();
let testCaller: TestCaller;
/** What must not let anybody in, and what is said to it. */
let refused: [string, string, ErrorCode][];
const guarded = served.filter(({ route }) => route.access === 'required');

const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

beforeAll(async () => {
  testCaller = await makeTestCaller(app);
  const { account, key, session } = testCaller;
  const { db, services } = app;

  const revoked = await app.makeKey(account);
  await db.apiKey.updateMany({ where: { prefix: revoked.slice(0, 19) }, data: { revokedAt: new Date() } });
  const deleted = await app.makeAccount();
  const [deletedKey, deletedSession] = [await app.makeKey(deleted), await app.makeSession(deleted)];
  await db.account.delete({ where: { id: deleted.id } });
  const inactive = await app.makeAccount({ active: false });
  const ended = await app.makeSession(account);
  await db.session.update({ where: { id: claimsOf(ended).sid }, data: { endedAt: new Date() } });
  const expired = await identityServices({ services }).sessionTokens.issue(
    { id: claimsOf(session).sid },
    account,
    new Date(Date.now() - 60_000),
  );
  const foreign = createSessionTokens(Buffer.alloc(32, 1));
  const [head, , signature] = session.split('.');
  const promoted = Buffer.from(JSON.stringify({ ...claimsOf(session), sub: deleted.id })).toString(
    'base64url',
  );
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');

  refused = [
    ['garbage', 'garbage', 'CREDENTIAL_INVALID'],
    ['an unknown key', `binboi_pat_${'0'.repeat(8)}_${'0'.repeat(36)}`, 'CREDENTIAL_INVALID'],
    ['a key cut short', key.slice(0, -1), 'CREDENTIAL_INVALID'],
    ['a revoked key', revoked, 'CREDENTIAL_INVALID'],
    ['a deleted account’s key', deletedKey, 'CREDENTIAL_INVALID'],
    ['a deleted account’s session', deletedSession, 'ACCOUNT_DELETED'],
    ['an inactive account’s key', await app.makeKey(inactive), 'ACCOUNT_SUSPENDED'],
    ['an inactive account’s session', await app.makeSession(inactive), 'ACCOUNT_SUSPENDED'],
    ['an ended session', ended, 'CREDENTIAL_INVALID'],
    ['a session with another payload', `${head}.${promoted}.${signature}`, 'CREDENTIAL_INVALID'],
    ['a session without signature', `${none}.${session.split('.')[1]}.`, 'CREDENTIAL_INVALID'],
    [
      'a session of another server',
      await foreign.issue({ id: claimsOf(session).sid }, account, new Date(Date.now() + 60_000)),
      'CREDENTIAL_INVALID',
    ],
    ['an expired session', expired, 'SESSION_EXPIRED'],
  ];
});

describe('without a valid credential nothing is answered and nothing changes', () => {
  it.each(cases(guarded))('%s', async (_name, one) => {
    const { api, route } = one;
    const before = await databaseState(app);
    const body = await sampleBody(app, one, testCaller);

    async function expectRejection(what: string, headers: Record<string, string>, code: ErrorCode) {
      const answer = await call(app, one, { body, headers });
      const documented = replyToError(new DomainError(code), api, route);
      expect([answer.status, answer.body], what).toEqual([documented.status, documented.body]);
      expect([401, 403], what).toContain(answer.status);
      for (const [header, value] of Object.entries(documented.headers))
        expect(answer.headers[header.toLowerCase()]).toBe(value);
    }

    await expectRejection('no credential', {}, 'UNAUTHENTICATED');
    await expectRejection('another scheme', { authorization: 'Basic eDp5' }, 'UNAUTHENTICATED');
    for (const [what, text, code] of refused) {
      // A header other than Authorization may be for keys alone, so sessions are tried where both are taken.
      const ways = waysToSend(api, text).filter(
        (headers) => 'authorization' in headers || !text.includes('.'),
      );
      for (const headers of ways) await expectRejection(`${what} in ${Object.keys(headers)}`, headers, code);
    }
    expect(await databaseState(app)).toEqual(before);
  });
});

describe('a public route does not look at credentials', () => {
  it.each(cases(served.filter(({ route }) => route.access === 'public')))('%s', async (_name, one) => {
    const headers = waysToSend(one.api, 'garbage')[0] ?? {};
    const [without, withGarbage] = [await call(app, one), await call(app, one, { headers })];
    expect([withGarbage.status, withGarbage.body]).toEqual([without.status, without.body]);
  });
});
