import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { useApp } from '../support/app.ts';
import {
  callsWith,
  expectError,
  expectJson,
  expectNoContent,
  makePerson,
  uuid,
  wholeSeconds,
} from './support.ts';

const app = useApp();

const record = {
  id: expect.stringMatching(uuid),
  name: expect.any(String),
  prefix: expect.stringMatching(/^binboi_pat_[0-9a-f]{8}$/),
  status: 'ACTIVE',
  createdAt: expect.stringMatching(wholeSeconds),
  lastUsedAt: null,
  revokedAt: null,
};

/** Somebody who calls with a session, so that all three keys of FREE are free. */
async function makeOwner(options = {}) {
  const account = await app.makeAccount(options);
  return { account, ...callsWith(app, await app.makeSession(account)) };
}

describe('GET /api/v1/tokens (3.1)', () => {
  it('answers mode, user, limits and an empty list', async () => {
    const owner = await makeOwner({ name: 'Ada' });
    const response = await owner.get('/api/v1/tokens');
    expect(response.status).toBe(200);
    expectJson(response);
    expect(response.body).toEqual({
      auth_mode: 'account',
      user: { id: owner.account.id, name: 'Ada', email: owner.account.email, plan: 'FREE' },
      limits: { plan: 'FREE', max_tokens: 3, max_tunnels: 1, tokens_used: 0, active_tunnels: null },
      tokens: [],
    });
  });

  it('lists newest first, revoked ones too, with nulls present; only active ones are counted', async () => {
    const owner = await makeOwner();
    const made = [];
    for (const name of ['first', 'second', 'third'])
      made.push((await owner.post('/api/v1/tokens', { name })).body.record);
    await owner.delete(`/api/v1/tokens/${made[1].id}`);
    const { body } = await owner.get('/api/v1/tokens');
    expect(body.tokens).toEqual([
      { ...record, name: 'third' },
      { ...record, name: 'second', status: 'REVOKED', revokedAt: expect.stringMatching(wholeSeconds) },
      { ...record, name: 'first' },
    ]);
    expect(body.limits.tokens_used).toBe(2);
  });

  it('shows the last use', async () => {
    const { get } = await makePerson(app);
    await get('/api/v1/auth/me');
    await app.services.background.drain();
    const { body } = await get('/api/v1/tokens');
    expect(body.tokens[0].lastUsedAt).toMatch(wholeSeconds);
  });

  it('shows nobody else’s', async () => {
    await makePerson(app);
    const owner = await makeOwner();
    expect((await owner.get('/api/v1/tokens')).body.tokens).toEqual([]);
  });

  it('never shows the text or its hash', async () => {
    const { key, get } = await makePerson(app);
    const { text } = await get('/api/v1/tokens');
    expect(text).not.toContain(key.slice(20));
    expect(text).not.toMatch(/[0-9a-f]{64}/);
  });
});

describe('POST /api/v1/tokens (3.2)', () => {
  it('answers the text, the record, and limits that count the new one', async () => {
    const owner = await makeOwner();
    const response = await owner.post('/api/v1/tokens', { name: 'laptop' });
    expect(response.status).toBe(201);
    expectJson(response);
    expect(response.body).toMatchObject({
      auth_mode: 'account',
      user: { id: owner.account.id },
      limits: { plan: 'FREE', max_tokens: 3, max_tunnels: 1, tokens_used: 1, active_tunnels: null },
      token: expect.stringMatching(/^binboi_pat_[0-9a-f]{8}_[0-9a-f]{36}$/),
    });
    expect(response.body.record).toEqual({ ...record, name: 'laptop' });
    expect((await callsWith(app, response.body.token).get('/api/v1/auth/me')).status).toBe(200);
  });

  const names: [string, unknown, string][] = [
    ['trimmed', { name: '  ci runner ' }, 'ci runner'],
    ['empty', { name: '' }, 'CLI token'],
    ['spaces', { name: '   ' }, 'CLI token'],
    ['null', { name: null }, 'CLI token'],
    ['missing', {}, 'CLI token'],
    ['no body', undefined, 'CLI token'],
    ['cut to 64', { name: 'x'.repeat(65) }, 'x'.repeat(64)],
    ['never cut through a character', { name: '🦊'.repeat(70) }, '🦊'.repeat(64)],
    ['any text', { name: '<b>"\'; DROP TABLE' }, '<b>"\'; DROP TABLE'],
  ];
  it.each(names)('name: %s', async (_what, body, expected) => {
    const owner = await makeOwner();
    expect((await owner.post('/api/v1/tokens', body)).body.record.name).toBe(expected);
  });

  it('allows the same name twice', async () => {
    const owner = await makeOwner();
    for (let time = 0; time < 2; time++)
      expect((await owner.post('/api/v1/tokens', { name: 'same' })).status).toBe(201);
  });

  it('403 TOKEN_LIMIT_REACHED beyond the plan, in the documented words; revoking frees a slot', async () => {
    const owner = await makeOwner();
    const made = [];
    for (let time = 0; time < 3; time++) made.push((await owner.post('/api/v1/tokens')).body.record);
    const refused = await owner.post('/api/v1/tokens');
    expectError(refused, 403, 'TOKEN_LIMIT_REACHED');
    expect(refused.body.error).toBe('token limit reached for your plan');
    expect(await app.db.apiKey.count({ where: { accountId: owner.account.id } })).toBe(3);
    await owner.delete(`/api/v1/tokens/${made[0].id}`);
    expect((await owner.post('/api/v1/tokens')).status).toBe(201);
  });

  it('gives exactly 3 of 20 parallel calls a token on FREE', async () => {
    const owner = await makeOwner();
    const answers = await Promise.all(Array.from({ length: 20 }, () => owner.post('/api/v1/tokens')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    for (const answer of answers) if (answer.status !== 201) expectError(answer, 403, 'TOKEN_LIMIT_REACHED');
    const texts = new Set(answers.flatMap(({ body }) => body.token ?? []));
    expect(texts.size).toBe(3);
    expect(await app.db.apiKey.count({ where: { accountId: owner.account.id } })).toBe(3);
  });

  it('holds the limit over a key and a session in parallel', async () => {
    const person = await makePerson(app);
    const session = callsWith(app, await app.makeSession(person.account));
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => (n % 2 ? person : session).post('/api/v1/tokens')),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
  });
});

describe('plans (1.4)', () => {
  const plans = [
    ['FREE', 3, 1],
    ['PRO', 25, 10],
    ['SCALE', null, null],
  ] as const;
  it.each(plans)('%s: max_tokens %j, max_tunnels %j', async (plan, max_tokens, max_tunnels) => {
    const owner = await makeOwner({ plan });
    const { body } = await owner.get('/api/v1/tokens');
    expect(body.limits).toMatchObject({ plan, max_tokens, max_tunnels });
    expect(body.user.plan).toBe(plan);
  });

  const fill = (accountId: string, count: number) =>
    app.db.apiKey.createMany({
      data: Array.from({ length: count }, (_, n) => {
        const id = `${accountId}-${n}`;
        return { id, accountId, format: 'BINBOI' as const, name: 'x', prefix: id, hash: id };
      }),
    });

  it('PRO gives 25 tokens and no more', async () => {
    const owner = await makeOwner({ plan: 'PRO' });
    await fill(owner.account.id, 24);
    expect((await owner.post('/api/v1/tokens')).status).toBe(201);
    expectError(await owner.post('/api/v1/tokens'), 403, 'TOKEN_LIMIT_REACHED');
  });

  it('SCALE gives as many as wanted', async () => {
    const owner = await makeOwner({ plan: 'SCALE' });
    await fill(owner.account.id, 200);
    expect((await owner.post('/api/v1/tokens')).status).toBe(201);
    expect((await owner.get('/api/v1/tokens')).body.tokens).toHaveLength(201);
  });

  it('revoked tokens do not count', async () => {
    const owner = await makeOwner();
    await fill(owner.account.id, 3);
    await app.db.apiKey.updateMany({
      where: { accountId: owner.account.id },
      data: { revokedAt: new Date() },
    });
    expect((await owner.post('/api/v1/tokens')).status).toBe(201);
  });
});

describe('DELETE /api/v1/tokens/:id (3.3)', () => {
  it('answers 204; the token gets 401 everywhere and stays in the list as REVOKED', async () => {
    const owner = await makeOwner();
    const { token, record } = (await owner.post('/api/v1/tokens')).body;
    const calls = callsWith(app, token);
    expect((await calls.get('/api/v1/auth/me')).status).toBe(200);
    expectNoContent(await owner.delete(`/api/v1/tokens/${record.id}`));
    for (const path of ['/api/v1/auth/me', '/api/v1/tokens', '/api/v1/tunnels', '/api/v1/requests']) {
      expectError(await calls.get(path), 401, 'INVALID_TOKEN');
    }
    expect((await app.graphql('{ viewer { id } }', {}, token)).status).toBe(401);
    expect((await owner.get('/api/v1/tokens')).body.tokens[0]).toMatchObject({
      id: record.id,
      status: 'REVOKED',
    });
  });

  it('answers 204 a second time and keeps revokedAt', async () => {
    const owner = await makeOwner();
    const { id } = (await owner.post('/api/v1/tokens')).body.record;
    await owner.delete(`/api/v1/tokens/${id}`);
    const revokedAt = new Date('2026-01-01T00:00:00Z');
    await app.db.apiKey.update({ where: { id }, data: { revokedAt } });
    expectNoContent(await owner.delete(`/api/v1/tokens/${id}`));
    expect((await owner.get('/api/v1/tokens')).body.tokens[0].revokedAt).toBe('2026-01-01T00:00:00Z');
  });

  it('lets a token revoke itself', async () => {
    const person = await makePerson(app);
    const { id } = (await person.get('/api/v1/tokens')).body.tokens[0];
    expectNoContent(await person.delete(`/api/v1/tokens/${id}`));
    expectError(await person.delete(`/api/v1/tokens/${id}`), 401, 'INVALID_TOKEN');
  });

  it('closes the tunnels that came with that token, and only those', async () => {
    const owner = await makeOwner({ plan: 'PRO' });
    const keys = [
      (await owner.post('/api/v1/tokens')).body.record.id,
      (await owner.post('/api/v1/tokens')).body.record.id,
    ];
    for (const agentKeyId of keys) {
      const subdomain = agentKeyId.slice(-12);
      await app.db.tunnel.create({
        data: {
          id: newId(),
          accountId: owner.account.id,
          subdomain,
          target: 'x',
          status: 'ACTIVE',
          agentKeyId,
        },
      });
    }
    expectNoContent(await owner.delete(`/api/v1/tokens/${keys[0]}`));
    const { data } = (await owner.get('/api/v1/tunnels?scope=active')).body;
    expect(data.map(({ subdomain }: { subdomain: string }) => subdomain)).toEqual([keys[1].slice(-12)]);
  });

  const strange = [
    '00000000-0000-7000-8000-000000000000',
    'x',
    '1',
    '%00',
    '%2F',
    '%2e%2e',
    'a%20b',
    `${'x'.repeat(1500)}`,
    '🦊',
    "'",
    'null',
  ];
  it.each(strange)('404 NOT_FOUND for the id %s', async (id) => {
    const owner = await makeOwner();
    expectError(
      await owner.delete(`/api/v1/tokens/${encodeURI(id).replaceAll('%25', '%')}`),
      404,
      'NOT_FOUND',
    );
  });

  it('404 NOT_FOUND for another user’s token, indistinguishable from an unknown one', async () => {
    const [owner, other] = [await makePerson(app), await makeOwner()];
    const { id } = (await owner.get('/api/v1/tokens')).body.tokens[0];
    const foreign = await other.delete(`/api/v1/tokens/${id}`);
    const unknown = await other.delete('/api/v1/tokens/00000000-0000-7000-8000-000000000000');
    expectError(foreign, 404, 'NOT_FOUND');
    expect(foreign.body).toEqual(unknown.body);
    expect((await owner.get('/api/v1/auth/me')).status).toBe(200);
  });
});
