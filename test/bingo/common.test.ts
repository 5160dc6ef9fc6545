import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import { callsWith, dataOf, expectError, makeNode, makePerson, type Person } from './support.ts';

const app = useApp();
let ann: Person;
beforeAll(async () => {
  ann = await makePerson(app);
});

describe('a token', () => {
  it('has the documented form and is shown once', async () => {
    const { data } = await app.graphql(
      'mutation { createApiKey(input: { format: BINGO, name: "agent" }) { text apiKey { prefix organizationId } } }',
      {},
      await app.makeSession(ann.account),
    );
    expect(data.createApiKey.text).toMatch(/^bng_[0-9A-Za-z]{40}$/);
    expect(data.createApiKey.apiKey).toEqual({
      prefix: data.createApiKey.text.slice(0, 8),
      organizationId: null,
    });
    dataOf(await callsWith(app, data.createApiKey.text).get('/nodes/'));
  });

  it('that is missing, wrong, revoked, of an inactive account, or in another place is 401', async () => {
    const get = () => app.request.get('/api/v2/nodes/');
    expectError(await get(), 401, 'Sign in, or send an API key.');
    expect((await get()).headers['www-authenticate']).toBe('Bearer');
    const wrong = 'The API key or session is not valid.';
    expectError(await get().set('authorization', `Bearer bng_${'x'.repeat(40)}`), 401, wrong);
    expectError(await get().set('authorization', 'Bearer nonsense'), 401, wrong);
    expectError(await get().set('authorization', `Basic ${ann.token}`), 401);
    expectError(await get().set('x-api-key', ann.token), 401);
    expectError(await app.request.get(`/api/v2/nodes/?token=${ann.token}`), 401);
    const bob = await makePerson(app);
    dataOf(await bob.get('/nodes/'));
    await app.db.apiKey.updateMany({ where: { accountId: bob.account.id }, data: { revokedAt: new Date() } });
    await app.services.credentials.forget(bob.account.id);
    expectError(await bob.get('/nodes/'), 401, wrong);
    const carl = await makePerson(app, { active: false });
    expectError(await carl.get('/nodes/'), 401, 'The account of this credential is suspended.');
  });
});

describe('a path', () => {
  it('that is unknown is 404 in the envelope, with and without a token', async () => {
    for (const path of [
      '/api/v2',
      '/api/v2/',
      '/api/v2/nothing/',
      '/api/v2/nodes/1/nothing/',
      '/api/v2/shared/',
    ]) {
      expectError(await app.request.get(path), 404, 'There is no such path.');
      expectError(
        await app.request.post(path).auth(ann.token, { type: 'bearer' }),
        404,
        'There is no such path.',
      );
    }
  });

  it('without its slash answers the same, bodies included', async () => {
    const { id } = await makeNode(ann);
    const slash = await ann.patch(`/nodes/${id}/`, { name: 'A' });
    const none = await ann.patch(`/nodes/${id}`, { name: 'B' });
    expect([dataOf(slash).name, dataOf(none).name]).toEqual(['A', 'B']);
    expect(
      dataOf(await ann.post('/nodes', { name: 'x', ip: '::1', host: 'x', country: 'de' }), 201).name,
    ).toBe('x');
    const paged = dataOf(await ann.get('/nodes?page_size=1'));
    expect(paged.next).toBe(`${app.url}/api/v2/nodes/?page_size=1&page=2`);
  });

  it('without the method is 404, because there is no 405 here, and says which methods it has', async () => {
    const answer = await ann.put('/nodes/', {});
    expectError(answer, 404, 'This path does not answer that method.');
    expect(answer.headers.allow).toBe('GET, HEAD, POST');
  });

  it('is served at the root, by prefix and by host name alike', async () => {
    const { id } = await makeNode(ann);
    const ways = [
      app.request.get(`/api/v2/nodes/${id}/`),
      app.request.get(`/bingo/api/v2/nodes/${id}/`),
      app.request.get(`/api/v2/nodes/${id}/`).set('host', 'bingo.localhost'),
    ];
    for (const way of ways) expect(dataOf(await way.auth(ann.token, { type: 'bearer' })).id).toBe(id);
  });
});

it('answers errors of every kind with the same envelope and its own status in it', async () => {
  for (const [answer, status] of [
    [await ann.get('/nodes/?page=x'), 400],
    [await app.request.get('/api/v2/organization/'), 401],
    [await ann.get('/nodes/2147483647/'), 404],
  ] as const) {
    expectError(answer, status);
    expect(Object.keys(answer.body)).toEqual(['success', 'data', 'error']);
    expect(Object.keys(answer.body.error)).toEqual(['code', 'message']);
  }
});
