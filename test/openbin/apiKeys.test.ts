import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/graph/core/newId.ts';
import { type Person, useOpenbin } from './support.ts';

const app = useOpenbin();

const make = (who: Person, body: object = {}, by = who.key) => app.call('post', '/api-keys', by).send(body);
const list = async (who: Person) => (await app.call('get', '/api-keys', who.key).expect(200)).body;

describe('API keys (18)', () => {
  it('are shown once, and kept as a hash', async () => {
    const who = await app.person();
    const { body } = await make(who, { name: '  My script ' }).expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      key: expect.stringMatching(/^sk_openbin_[0-9a-f]{64}$/),
      keyPrefix: body.key.slice(0, 18),
      name: 'My script',
    });
    const row = await app.db.apiKey.findUniqueOrThrow({ where: { id: body.id } });
    expect(row.hash).toBe(createHash('sha256').update(body.key).digest('hex'));
    const { results, count } = await list(who);
    expect(count).toBe(2);
    expect(results[0]).toEqual({
      id: body.id,
      key_prefix: body.keyPrefix,
      name: 'My script',
      created_at: expect.stringMatching(/Z$/),
      last_used_at: null,
      revoked_at: null,
    });
    expect(JSON.stringify(results)).not.toContain(body.key);
    await app.call('get', '/auth/me', body.key).expect(200);
    await app.services.background.drain();
    expect((await list(who)).results[0].last_used_at).toMatch(/Z$/);
  });

  it.each([
    [{}, ''],
    [{ name: '   ' }, ''],
    [{ name: 7 }, ''],
    [{ name: 'x'.repeat(300) }, 'x'.repeat(255)],
  ])('names: %j', async (body, expected) => {
    const who = await app.person();
    expect((await make(who, body).expect(201)).body.name).toBe(expected);
  });

  it('are ten that are active, also when many are asked for at once', async () => {
    const who = await app.person();
    const answers = await Promise.all(Array.from({ length: 15 }, () => make(who)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array(9).fill(201),
      ...Array(6).fill(422),
    ]);
    expect((await make(who)).body.error).toBe('VALIDATION_ERROR');
    const { results, count } = await list(who);
    expect(count).toBe(10);
    await app.call('delete', `/api-keys/${results[3].id}`, who.key).expect(200);
    await make(who).expect(201);
    await make(who).expect(422);
  });

  it('are listed newest first, without those that were revoked; one too many is refused by these words', async () => {
    const who = await app.person();
    const ids: string[] = [(await list(who)).results[0].id];
    for (const name of ['b', 'a', 'c']) ids.unshift((await make(who, { name }).expect(201)).body.id);
    const shown = async () => (await list(who)).results.map(({ id }: { id: string }) => id);
    expect(await shown()).toEqual(ids);
    await app.call('delete', `/api-keys/${ids[1]}`, who.key).expect(200);
    expect(await shown()).toEqual([ids[0], ids[2], ids[3]]);
    for (let more = 0; more < 7; more++) await make(who).expect(201);
    const { status, body } = await make(who);
    expect([status, body]).toEqual([
      422,
      { error: 'VALIDATION_ERROR', message: 'Your plan allows no more active API keys.' },
    ]);
  });

  it('lists the active ones however many were revoked since', async () => {
    const who = await app.person();
    const first = (await list(who)).results[0];
    await app.db.apiKey.createMany({
      data: Array.from({ length: 1100 }, (_, n) => ({
        id: newId(),
        accountId: who.account.id,
        format: 'OPENBIN' as const,
        name: `${n}`,
        prefix: 'sk_openbin_0000000',
        hash: `${who.account.id}-${n}`,
        revokedAt: new Date(),
      })),
    });
    const { results, count } = await list(who);
    expect([count, results[0].id]).toEqual([1, first.id]);
    const { body: newer } = await make(who).expect(201);
    expect((await list(who)).results.map(({ id }: { id: string }) => id)).toEqual([newer.id, first.id]);
  });

  it('are refused at once when revoked; a second time there is nothing to revoke', async () => {
    const who = await app.person();
    const { body } = await make(who).expect(201);
    await app.call('get', '/auth/me', body.key).expect(200);
    const revoked = await app.call('delete', `/api-keys/${body.id}`, who.key);
    expect([revoked.status, revoked.body]).toEqual([200, { message: 'API key revoked' }]);
    const after = await app.call('get', '/auth/me', body.key);
    expect([after.status, after.body.error]).toEqual([401, 'UNAUTHORIZED']);
    await app.call('delete', `/api-keys/${body.id}`, who.key).expect(404);
    await app.call('delete', '/api-keys/unknown', who.key).expect(404);
  });

  it('are nobody else’s', async () => {
    const [owner, other] = [await app.person(), await app.person()];
    const { body } = await make(owner).expect(201);
    await app.call('delete', `/api-keys/${body.id}`, other.key).expect(404);
    await app.call('get', '/auth/me', body.key).expect(200);
    expect((await list(other)).results.map(({ id }: { id: string }) => id)).not.toContain(body.id);
    await app.call('get', '/api-keys').expect(401);
    await app.call('post', '/api-keys').send({}).expect(401);
  });

  it('act as their account everywhere, key management included', async () => {
    const who = await app.person();
    const { body: made } = await make(who).expect(201);
    const { body: next } = await make(who, { name: 'by a key' }, made.key).expect(201);
    await app.call('delete', `/api-keys/${made.id}`, next.key).expect(200);
  });

  it('are named in the log, and sessions are told from them', async () => {
    const who = await app.person();
    const { body: key } = await make(who, { name: 'Importer' }).expect(201);
    const { id: locationId } = await app.location(who);
    const session = await app.makeSession(who.account);
    await app.call('post', '/bins', key.key).send({ locationId, name: 'By key' }).expect(201);
    await app.call('post', '/bins', session).send({ locationId, name: 'By session' }).expect(201);
    const { results } = await app.log(locationId, who, '?entity_type=bin');
    const by = (name: string) => results.find((row) => row.entity_name === name);
    expect(by('By key')).toMatchObject({
      auth_method: 'api_key',
      api_key_id: key.id,
      api_key_name: 'Importer',
      user_id: who.account.id,
      user_name: who.account.email,
    });
    expect(by('By session')).toMatchObject({ auth_method: 'jwt', api_key_id: null, api_key_name: null });
    await app.call('delete', `/api-keys/${key.id}`, who.key).expect(200);
    const later = await app.log(locationId, who, '?entity_type=bin');
    expect(later.results.find((row) => row.entity_name === 'By key')).toMatchObject({
      api_key_name: 'Importer',
    });
  });
});
