import { buildClientSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { bareSchema } from '../../src/graph/schema.ts';
import { graphqlEntryPoint } from '../../src/graphql/endpoint.ts';
import { graphqlLimits } from '../../src/graphql/guards.ts';
import { createRequestCounter } from '../../src/pipeline/limits.ts';
import { createLimiters } from '../../src/platform/limiter/limiters.ts';
import { startTestApp, useApp } from '../support/app.ts';

const app = useApp();
let key: string;
beforeAll(async () => {
  key = await app.makeKey(await app.makeAccount());
});

const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const aliases = (count: number) => `{ ${repeat(count, (index) => `a${index}: service { name }`)} }`;
const keyFields = '{ nodes { id name prefix status } }';
const sixteen = repeat(16, (index) => `a${index}: id`);
/** Each level has a selection of its own; the fields make two more. */
const deep = (levels: number) =>
  `{ viewer { ${'... on Account { '.repeat(levels)} id ${'} '.repeat(levels)} } }`;
/** Fragments of which each spreads the next one twenty times, and so costs twenty times as much. */
const spreads = (count: number) =>
  repeat(count, (index) => {
    const name = (at: number) => String.fromCharCode(65 + at);
    const inner = index + 1 < count ? repeat(20, () => `...${name(index + 1)}`) : 'id';
    return `fragment ${name(index)} on Account { ${inner} }`;
  });
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
    ['depth', deep(12), /depth/i],
    ['cost', `{ viewer { ${repeat(5, (at) => `a${at}: apiKeys(first: 1000) ${keyFields}`)} } }`, /cost/i],
    ['cost by fragments', `{ viewer { ...A } } ${spreads(5)}`, /cost/i],
    ['aliases in a fragment', `{ viewer { ...A } } fragment A on Account { ${sixteen} }`, /alias/i],
    ['depth of introspection', introspection(6), /introspection depth/i],
    ['fragments in a circle', '{ viewer { ...A } } fragment A on Account { ...A }', /within itself/i],
  ])('ends: %s', async (_what, query, message) => {
    const { data, errors } = await app.graphql(query, {}, key);
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.message).toMatch(message);
    expect(errors?.[0]?.extensions.code).not.toBe('INTERNAL');
  });

  it('is at most twelve levels deep', async () => {
    expect(graphqlLimits.maxDepth).toBe(12);
    expect((await app.graphql(deep(10), {}, key)).errors).toBeUndefined();
    expect((await app.graphql(deep(11), {}, key)).errors?.[0]?.message).toMatch(/limit of 12 exceeded/);
  });

  it.each([
    ['in a variable', `query ($n: Int) { viewer { apiKeys(first: $n) ${keyFields} } }`, 10_000],
    ['as its default', `query ($n: Int = 10000) { viewer { apiKeys(last: $n) ${keyFields} } }`, undefined],
  ])('costs as much with the size of a page %s', async (_where, query, n) => {
    const { data, errors } = await app.graphql(query, { n }, key);
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.message).toMatch(/cost/i);
    expect((await app.graphql(query, { n: 10 }, key)).errors).toBeUndefined();
  });

  it('may be introspection, also without a credential', async () => {
    const { data, errors } = await app.graphql(getIntrospectionQuery());
    expect(errors).toBeUndefined();
    const seen = printSchema(lexicographicSortSchema(buildClientSchema(data)));
    expect(seen).toBe(printSchema(lexicographicSortSchema(bareSchema)));
  });

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
    const { count } = createRequestCounter(graphqlEntryPoint, limiters);
    const ask = (address = '192.0.2.1') => count({ method: 'POST', path: '/graphql' }, null, address);
    for (let asked = 0; asked < 1200; asked++) expect((await ask()).rejection).toBeUndefined();
    const { rejection, headers } = await ask();
    expect(rejection?.code).toBe('RATE_LIMITED');
    expect(rejection?.details.retryAfterSeconds).toBeGreaterThan(0);
    expect(headers).toMatchObject({ 'RateLimit-Limit': '1200', 'RateLimit-Remaining': '0' });
    expect((await ask('192.0.2.2')).rejection).toBeUndefined();
  });
});

describe('A foreign page', () => {
  const query = 'mutation { endAllSessions(input: {}) { account { id } } }';

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

  it.each([
    ['a mutation', { query }, 'application/json'],
    [
      'one of two operations',
      { query: `query A { __typename } ${query.replace(' ', ' B ')}`, operationName: 'B' },
      '*/*',
    ],
    ['a mutation as a stream of events', { query }, 'text/event-stream'],
  ])('cannot change anything by a link: %s', async (_what, parameters, accept) => {
    const account = await app.makeAccount();
    const session = await app.makeSession(account);
    const { status, text } = await app.request
      .get('/graphql')
      .query(parameters)
      .set('accept', accept)
      .auth(session, { type: 'bearer' });
    expect(status).toBe(405);
    expect(text).not.toContain('"data"');
    expect(await app.db.session.count({ where: { accountId: account.id, endedAt: null } })).toBe(1);
  });

  it('is told apart by a header that it cannot send: a form with it is taken', async () => {
    const form = () => app.request.post('/graphql').type('form').send({ query: '{ service { name } }' });
    expect((await form()).status).toBe(415);
    const { status, body } = await form().set('x-latchkey-csrf', '1');
    expect([status, body.errors]).toEqual([200, undefined]);
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

describe('What fails', () => {
  it('inside is masked; the answer and the log share a request id', async () => {
    const { database, log } = app.services;
    const logged = vi.spyOn(log, 'error').mockImplementation(() => {});
    const read = vi
      .spyOn(database, 'read')
      .mockRejectedValue(new Error('SELECT "passwordHash" FROM "Account"'));
    try {
      const { status, text, body } = await app.request
        .post('/graphql')
        .auth(key, { type: 'bearer' })
        .set('x-request-id', 'the-id-of-it')
        .send({ query: '{ viewer { tunnels { nodes { id } } } }' });
      expect(status).toBe(200);
      expect(text).not.toMatch(/SELECT|passwordHash|stack/);
      const extensions = { code: 'INTERNAL', requestId: 'the-id-of-it' };
      expect(body.errors).toEqual([
        expect.objectContaining({ message: 'Something went wrong on the server.', extensions }),
      ]);
      expect(logged).toHaveBeenCalledWith(
        expect.objectContaining({ requestId: 'the-id-of-it', err: expect.anything() }),
        expect.any(String),
      );
    } finally {
      read.mockRestore();
      logged.mockRestore();
    }
  });

  const json = { 'content-type': 'application/json' };
  it.each<[string, Record<string, string>, string]>([
    ['no JSON', json, '{'],
    ['a batch', json, '[]'],
    ['a foreign form', { 'content-type': 'text/plain' }, 'x'],
    ['a field that is not there', json, '{"query":"{ nothing }"}'],
    ['a wrong credential', { ...json, authorization: 'Bearer x' }, '{"query":"{ service { name } }"}'],
    ['somebody without credential', json, '{"query":"{ viewer { id } apiKeys }"}'],
    ['a host of which no address can be made', { ...json, host: 'a b' }, '{"query":"{ service { name } }"}'],
    ['too much', json, `{"query":"#${'x'.repeat(1_000_001)}"}`],
  ])('has a code and the id of the request: %s', async (_what, headers, body) => {
    const answer = await app.request
      .post('/graphql')
      .set({ 'x-request-id': 'mine', ...headers })
      .serialize((raw) => raw as unknown as string)
      .send(body);
    expect(answer.body.errors).not.toHaveLength(0);
    for (const { extensions } of answer.body.errors)
      expect(extensions).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/), requestId: 'mine' });
  });
});
