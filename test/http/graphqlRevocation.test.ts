import { once } from 'node:events';
import { request, type ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { RequestInfo } from '../../src/graph/core/context.ts';
import { graphqlEntryPoint } from '../../src/graphql/endpoint.ts';
import { createAdmission } from '../../src/pipeline/admit.ts';
import type { RequestCounter } from '../../src/pipeline/limits.ts';
import { useApp } from '../support/app.ts';

const app = useApp();

const createKey = 'mutation { createApiKey(input: { name: "late", format: BINBOI }) { apiKey { id } } }';
const revoke = 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { status } } }';

async function makePerson() {
  const account = await app.makeAccount({ plan: 'SCALE' });
  const session = await app.makeSession(account);
  const key = await app.makeKey(account);
  const { id } = await app.db.apiKey.findFirstOrThrow({ where: { accountId: account.id } });
  // The key is in the cache, as one in use is.
  expect((await app.graphql('{ viewer { id } }', {}, key)).errors).toBeUndefined();
  return { account, key, revoke: () => app.graphql(revoke, { id }, session) };
}

const keysOf = (accountId: string) => app.db.apiKey.count({ where: { accountId } });

describe('A key that is revoked while its GraphQL request is under way', () => {
  it('is refused when the request still waits for the rate limit', async () => {
    const { key, revoke } = await makePerson();
    const whileItWaits: RequestCounter = {
      async count() {
        expect((await revoke()).errors).toBeUndefined();
        return { headers: {}, rejection: undefined };
      },
      enter: async () => () => {},
    };
    const { admit } = createAdmission(graphqlEntryPoint.credentials, app.services.credentials, whileItWaits);
    const req = { headers: { authorization: `Bearer ${key}` } };
    const [res, info] = [{ closed: true } as ServerResponse, { address: '192.0.2.1' } as RequestInfo];
    const target = { method: 'POST', path: '/graphql', access: 'optional' } as const;
    const pending = admit(target, { req, res, info }, {});
    await expect(pending).rejects.toMatchObject({ code: 'CREDENTIAL_INVALID' });
  });

  it('is refused when the body is still on its way', async () => {
    const { account, key, revoke } = await makePerson();
    const body = JSON.stringify({ query: createKey });
    const pending = request(`${app.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': body.length,
        authorization: `Bearer ${key}`,
      },
    });
    pending.write(body.slice(0, 10));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await revoke()).errors).toBeUndefined();
    pending.end(body.slice(10));
    const [response] = await once(pending, 'response');
    response.resume();
    expect(response.statusCode).toBe(401);
    expect(await keysOf(account.id)).toBe(1);
  });
});
