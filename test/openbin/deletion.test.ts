import { describe, expect, it } from 'vitest';
import { eraseDueAccounts } from '../../src/graph/identity/deletion/due.ts';
import { password } from '../support/app.ts';
import { cookiesOf, jar, type Person, startOpenbin, useOpenbin } from './support.ts';

const app = useOpenbin();

const remove = (who: Person, body: object = { password }) =>
  app.call('delete', '/auth/account', who.session).send(body);
const recover = (body: object) => app.call('post', '/auth/recover-deletion').send(body);
const login = (who: Person, from = app) =>
  from.call('post', '/auth/login').send({ email: who.account.email, password });
const row = (who: Person) => app.db.account.findUnique({ where: { id: who.account.id } });
/** As if the grace period were over. */
const letPass = (who: Person) =>
  app.db.account.update({
    where: { id: who.account.id },
    data: { deletionScheduledAt: new Date(Date.now() - 1000) },
  });

describe('DELETE /auth/account (7.8)', () => {
  it('schedules it, clears the cookies, and lets nobody in any more', async () => {
    const who = await app.person();
    const signedIn = cookiesOf(await login(who).expect(200));
    const response = await app
      .call('delete', '/auth/account')
      .set('Cookie', jar(signedIn))
      .set('X-CSRF-Token', signedIn['openbin-csrf']?.value ?? '')
      .send({ password, refundPolicy: 'none' });
    expect([response.status, response.body]).toEqual([
      200,
      { message: 'Account scheduled for deletion', scheduledAt: expect.stringMatching(/Z$/) },
    ]);
    const days = (new Date(response.body.scheduledAt).getTime() - Date.now()) / (24 * 3600_000);
    expect(days).toBeCloseTo(30, 2);
    expect(Object.values(cookiesOf(response)).map(({ value }) => value)).toEqual(['', '', '']);
    for (const credential of [who.key, signedIn['openbin-access']?.value]) {
      const { status, body } = await app.call('get', '/auth/me', credential);
      expect([status, body.error]).toEqual([401, 'ACCOUNT_DELETED']);
    }
    const refreshed = await app
      .call('post', '/auth/refresh')
      .set('Cookie', jar(signedIn))
      .set('X-CSRF-Token', signedIn['openbin-csrf']?.value ?? '');
    expect([refreshed.status, refreshed.body.error]).toEqual([401, 'UNAUTHORIZED']);
    const pending = await login(who);
    expect([pending.status, pending.body.error, pending.body.scheduledAt]).toEqual([
      409,
      'ACCOUNT_DELETION_PENDING',
      response.body.scheduledAt,
    ]);
    expect(pending.headers['set-cookie']).toBeUndefined();
    const wrong = await app
      .call('post', '/auth/login')
      .send({ email: who.account.email, password: 'Wrong1password' });
    expect([wrong.status, wrong.body.error]).toEqual([401, 'UNAUTHORIZED']);
    const again = await app
      .call('post', '/auth/register')
      .send({ email: who.account.email, password: 'Correct1horse', displayName: 'Again' });
    expect([again.status, again.body.error, again.body.scheduledAt]).toEqual([
      409,
      'EMAIL_PENDING_DELETION',
      response.body.scheduledAt,
    ]);
  });

  it.each([
    [{}, 422, 'password'],
    [{ refundPolicy: 'wrong' }, 422, 'password'],
    [{ password: 7 }, 422, 'password'],
    [{ password: 'Wrong1password', refundPolicy: 'wrong' }, 401, ''],
    [{ password, refundPolicy: 'wrong' }, 422, 'refundPolicy'],
    [{ password, refundPolicy: 7 }, 422, 'refundPolicy'],
    [{ password, refundPolicy: {} }, 422, 'refundPolicy'],
  ])('looks at the password first, then at the policy: %j', async (body, status, field) => {
    const who = await app.person();
    await app.db.account.update({ where: { id: who.account.id }, data: { administrator: true } });
    const answer = await remove(who, body);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toContain(field);
    expect((await row(who))?.deletionRequestedAt).toBeNull();
    await app.db.account.update({ where: { id: who.account.id }, data: { administrator: false } });
  });

  it('needs no password where the account has none', async () => {
    const who = await app.person();
    await app.db.account.update({ where: { id: who.account.id }, data: { passwordHash: null } });
    await app.services.credentials.forget(who.account.id);
    await remove(who, { refundPolicy: 'prorated' }).expect(200);
  });

  it('does not let the last administrator of the server go, nor the last two at once', async () => {
    const [one, two] = [await app.person({ administrator: true }), await app.person({ administrator: true })];
    const answers = await Promise.all([remove(one), remove(two)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(answers.find(({ status }) => status === 403)?.body.error).toBe('FORBIDDEN');
    const left = answers[0].status === 403 ? one : two;
    await app.db.account.update({ where: { id: left.account.id }, data: { administrator: false } });
  });

  it('looks at the server before it looks at the locations', async () => {
    const [who, other] = [await app.person({ administrator: true }), await app.person()];
    await app.belong(other, (await app.location(who, 'Shared')).id, 'MEMBER');
    const { status, body } = await remove(who);
    expect([status, body]).toEqual([403, { error: 'FORBIDDEN', message: expect.any(String) }]);
    await app.db.account.update({ where: { id: who.account.id }, data: { administrator: false } });
    await app.services.credentials.forget(who.account.id);
    expect((await remove(who)).body.error).toBe('SOLE_ADMIN_OF_SHARED_LOCATIONS');
  });

  it('wants shared locations to have another administrator first', async () => {
    const [who, other] = [await app.person(), await app.person()];
    const shared = await app.location(who, 'Shared');
    await app.location(who, 'Mine alone');
    await app.belong(other, shared.id, 'MEMBER');
    const { status, body } = await remove(who);
    expect([status, body.error, body.locations]).toEqual([
      409,
      'SOLE_ADMIN_OF_SHARED_LOCATIONS',
      [{ id: shared.id, name: 'Shared' }],
    ]);
    expect((await row(who))?.deletionRequestedAt).toBeNull();
    await app
      .call('put', `/locations/${shared.id}/members/${other.account.id}/role`, who.key)
      .send({ role: 'admin' })
      .expect(200);
    await remove(who).expect(200);
  });

  it('happens at once without a grace period', async () => {
    const strict = await startOpenbin({ DELETION_GRACE_PERIOD_DAYS: '0' });
    const who = await strict.person();
    const { body } = await strict.call('delete', '/auth/account', who.session).send({ password }).expect(200);
    expect(body).toEqual({ message: 'Account deleted', scheduledAt: null });
    expect(await strict.db.account.count({ where: { id: who.account.id } })).toBe(0);
    await strict.call('get', '/auth/me', who.key).expect(401);
    await login(who, strict).expect(401);
    await strict.stop();
  });

  it('is one request of many at the same moment', async () => {
    const who = await app.person();
    const answers = await Promise.all(Array.from({ length: 4 }, () => remove(who)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of answers) expect([200, 401, 409]).toContain(status);
  });
});

describe('recovery (7.8)', () => {
  it('takes it back, signs nobody in, and everything is as before', async () => {
    const who = await app.person();
    await remove(who).expect(200);
    const response = await recover({ email: ` ${who.account.email.toUpperCase()} `, password });
    expect([response.status, response.body]).toEqual([200, { message: expect.stringMatching(/recovered/) }]);
    expect(response.headers['set-cookie']).toBeUndefined();
    await login(who).expect(200);
    const { body } = await app.call('get', '/auth/me', who.key).expect(200);
    expect([body.deletionRequestedAt, body.deletionScheduledAt]).toEqual([null, null]);
  });

  it('gives no session back', async () => {
    const who = await app.person();
    const before = cookiesOf(await login(who).expect(200));
    await remove(who).expect(200);
    await recover({ email: who.account.email, password }).expect(200);
    const { body } = await app.call('get', '/auth/me', before['openbin-access']?.value);
    expect(body.error).toBe('SESSION_REVOKED');
    await app
      .call('post', '/auth/refresh')
      .set('Cookie', jar(before))
      .set('X-CSRF-Token', before['openbin-csrf']?.value ?? '')
      .expect(401);
  });

  it.each([
    {},
    { email: 'a@b.cd' },
    { password: 'x' },
    { email: 7, password: {} },
  ])('answers 422 to %j', async (body) => {
    const answer = await recover(body);
    expect([answer.status, answer.body.error]).toEqual([422, 'VALIDATION_ERROR']);
  });

  it('answers one 401 to all that does not fit', async () => {
    const [pending, usual, social] = [await app.person(), await app.person(), await app.person()];
    await remove(pending).expect(200);
    await remove(social).expect(200);
    await app.db.account.update({ where: { id: social.account.id }, data: { passwordHash: null } });
    const answers = [
      await recover({ email: 'nobody@example.com', password }),
      await recover({ email: pending.account.email, password: 'Wrong1password' }),
      await recover({ email: usual.account.email, password }),
      await recover({ email: social.account.email, password }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
  });

  it('comes too late once the grace period is over', async () => {
    const who = await app.person();
    await remove(who).expect(200);
    await letPass(who);
    const { status, body } = await recover({ email: who.account.email, password });
    expect([status, body.error]).toEqual([409, 'CONFLICT']);
    expect(body.message).toMatch(/grace period/i);
    await login(who).expect(401);
    const again = await app
      .call('post', '/auth/register')
      .send({ email: who.account.email, password: 'Correct1horse', displayName: 'Again' });
    expect([again.status, again.body.error]).toEqual([409, 'CONFLICT']);
  });
});

describe('the job that deletes what is due (7.8, 26)', () => {
  it('deletes those whose time has come, and what only they had; what is shared stays, by nobody', async () => {
    const [who, other, waiting] = [await app.person(), await app.person(), await app.person()];
    const [own, shared] = [await app.location(who, 'Own'), await app.location(other, 'Shared')];
    await app.belong(who, shared.id, 'MEMBER');
    const { body: bin } = await app
      .call('post', '/bins', who.key)
      .send({ locationId: shared.id, name: 'Left behind' })
      .expect(201);
    const areas = `/locations/${shared.id}/areas`;
    await app.db.membership.updateMany({ where: { accountId: who.account.id }, data: { role: 'ADMIN' } });
    await app.call('post', areas, who.key).send({ name: 'Attic' }).expect(201);
    await app.db.location.update({ where: { id: shared.id }, data: { createdById: who.account.id } });
    await remove(who).expect(200);
    await remove(waiting).expect(200);
    await eraseDueAccounts(app.services);
    expect(await row(who)).not.toBeNull();
    await letPass(who);
    await Promise.all([eraseDueAccounts(app.services), eraseDueAccounts(app.services)]);
    expect(await row(who)).toBeNull();
    expect(await row(waiting)).not.toBeNull();
    expect(await app.db.location.count({ where: { id: own.id } })).toBe(0);
    const { body } = await app.call('get', `/bins/${bin.id}`, other.key).expect(200);
    expect([body.name, body.created_by]).toEqual(['Left behind', null]);
    const madeBy = async (path: string) => {
      const { results } = (await app.call('get', path, other.key).expect(200)).body;
      return results.map((each: { name: string; created_by: string }) => [each.name, each.created_by]);
    };
    expect(await madeBy(areas)).toEqual([['Attic', null]]);
    expect(await madeBy('/locations')).toEqual([['Shared', null]]);
    const { results } = (await app.call('get', `/locations/${shared.id}/members`, other.key)).body;
    expect(results).toHaveLength(1);
    await app
      .call('post', '/auth/register')
      .send({ email: who.account.email, password: 'Correct1horse', displayName: 'New' })
      .expect(201);
  });

  it('leaves alone who was recovered', async () => {
    const who = await app.person();
    await remove(who).expect(200);
    await recover({ email: who.account.email, password }).expect(200);
    await eraseDueAccounts(app.services);
    await app.call('get', '/auth/me', who.key).expect(200);
  });

  it('gives a location that would have no administrator the member who has been there longest', async () => {
    const [who, first, second] = [await app.person(), await app.person(), await app.person()];
    const { id } = await app.location(who);
    await remove(who).expect(200);
    await app.belong(first, id, 'MEMBER');
    await app.belong(second, id, 'MEMBER');
    await letPass(who);
    await eraseDueAccounts(app.services);
    const { results } = (await app.call('get', `/locations/${id}/members`, second.key)).body;
    expect(results.map(({ role }: { role: string }) => role)).toEqual(['admin', 'member']);
  });
});
