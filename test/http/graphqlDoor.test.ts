import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphqlLimits } from '../../src/http/graphqlDoor/guards.ts';
import { createGraphqlLimit } from '../../src/http/graphqlDoor/rateLimit.ts';
import { createLimiters } from '../../src/platform/limiter/limiters.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let app: TestApp;
let key: string;
beforeAll(async () => {
  app = await startTestApp();
  key = await app.makeKey(await app.makeAccount());
});
afterAll(() => app.stop());

const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const aliases = (count: number) => `{ ${repeat(count, (index) => `a${index}: service { name }`)} }`;
const introspection = (depth: number) =>
  `{ __schema { types ${'{ fields { type '.repeat(depth)}{ name }${' } }'.repeat(depth)} } }`;

describe('What one request may ask', () => {
  it('is enough for people', async () => {
    for (const query of [
      aliases(graphqlLimits.maxAliases),
      '{ viewer { apiKeys(first: 50) { nodes { id name status } pageInfo { endCursor } } } }',
      introspection(1),
    ]) {
      const { data, errors } = await app.graphql(query, {}, key);
      expect([errors, data !== null]).toEqual([undefined, true]);
    }
  });

  it.each([
    ['aliases', aliases(graphqlLimits.maxAliases + 1), /alias/i],
    ['tokens', `{ ${repeat(700, () => 'service { name }')} }`, /token/i],
    ['directives', `{ service ${repeat(21, () => '@include(if: true)')} { name } }`, /directive/i],
    ['cost', '{ viewer { apiKeys(first: 1000) { nodes { id name prefix status } } } }', /cost/i],
    ['depth of introspection', introspection(6), /introspection depth/i],
    ['fragments in a circle', '{ viewer { ...A } } fragment A on Account { ...A }', /within itself/i],
  ])('ends: %s', async (_what, query, message) => {
    const { data, errors } = await app.graphql(query, {}, key);
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.message).toMatch(message);
    expect(errors?.[0]?.extensions.code).not.toBe('INTERNAL');
  });

  it('ends at a depth of twelve', () => expect(graphqlLimits.maxDepth).toBe(12));

  it('is one operation: batches are refused', async () => {
    const { status, body } = await app.request
      .post('/graphql')
      .set('content-type', 'application/json')
      .send('[{"query": "{ service { name } }"}, {"query": "{ service { name } }"}]');
    expect(status).toBe(400);
    expect(body.errors).toHaveLength(1);
  });

  it('is at most 1 MB, announced or not', async () => {
    const query = `{ service { name } } #${'x'.repeat(1_000_001)}`;
    await app.request.post('/graphql').send({ query }).expect(413);
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(JSON.stringify({ query })));
        controller.close();
      },
    });
    const init = {
      method: 'POST',
      body: chunks,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    };
    const status = await fetch(`${app.url}/graphql`, init as RequestInit).then(
      (response) => response.status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(status);
  });

  it('is counted by credential, and told in headers', async () => {
    const limited = await startTestApp({ DISABLE_RATE_LIMIT: 'false' });
    const account = await limited.makeAccount();
    const remaining = async (credential: string) => {
      const ask = limited.request.post('/graphql').auth(credential, { type: 'bearer' });
      const { headers } = await ask.send({ query: '{ credential { kind } }' }).expect(200);
      expect(headers['ratelimit-limit']).toBe('1200');
      return Number(headers['ratelimit-remaining']);
    };
    const [one, other] = [await limited.makeKey(account), await limited.makeKey(account)];
    expect([await remaining(one), await remaining(one), await remaining(other)]).toEqual([1199, 1198, 1199]);
    await limited.stop();
  });

  it('ends after 1200 in a minute, with a time to come back', async () => {
    const limiters = createLimiters({ disabled: false, onStoreError: () => {} });
    const count = createGraphqlLimit(limiters);
    const answer = () => {
      const headers: Record<string, unknown> = {};
      return {
        headers,
        setHeader: (name: string, value: unknown) => Object.assign(headers, { [name]: value }),
      };
    };
    const ask = (to: ReturnType<typeof answer>, address = '192.0.2.1') => count(to as never, null, address);
    for (let asked = 0; asked < 1200; asked++) await ask(answer());
    const last = answer();
    await expect(ask(last)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(last.headers['Retry-After']).toBeGreaterThan(0);
    await ask(answer(), '192.0.2.2');
  });
});

describe('A foreign page', () => {
  const query = 'mutation { endAllSessions }';

  it.each([
    ['text/plain', JSON.stringify({ query })],
    ['text/plain; charset=utf-8', JSON.stringify({ query })],
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(query)}`],
    [
      'multipart/form-data; boundary=x',
      `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query })}\r\n--x--`,
    ],
  ])('cannot post %s', async (type, body) => {
    const { status } = await app.request
      .post('/graphql')
      .auth(key, { type: 'bearer' })
      .set('content-type', type)
      .send(body);
    expect(status).toBe(415);
  });

  it('cannot change anything by a link', async () => {
    const { status, body } = await app.request.get('/graphql').query({ query }).auth(key, { type: 'bearer' });
    expect(status).toBe(405);
    expect(body.data).toBeUndefined();
  });

  it('gets nothing that its visitor’s cookies would open', async () => {
    const { headers } = await app.request
      .post('/graphql')
      .set('origin', 'https://foreign.example')
      .send({ query: '{ service { name } }' });
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(headers['set-cookie']).toBeUndefined();
  });
});

describe('A credential', () => {
  const ask = () => app.request.post('/graphql').send({ query: '{ viewer { id } service { name } }' });

  it('that is wrong fails the whole request with 401: signed out is not nothing there', async () => {
    const { status, body } = await ask().auth('binboi_pat_00000000_0', { type: 'bearer' });
    expect(status).toBe(401);
    expect(body.errors[0].extensions.code).toBe('CREDENTIAL_INVALID');
    expect(body.data).toBeUndefined();
  });

  it('is read from X-API-Key too', async () => {
    const { body } = await ask().set('x-api-key', key);
    expect(body.errors).toBeUndefined();
  });
});
