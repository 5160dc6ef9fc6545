import { beforeAll, describe, expect, it } from 'vitest';
import { type Person, startOpenbin, useOpenbin } from './support.ts';

const app = useOpenbin();
let person: Person;
beforeAll(async () => {
  person = await app.person();
  const { id: locationId } = await app.location(person);
  await app.call('post', '/bins', person.key).send({ locationId, name: 'Tools' }).expect(201);
});

describe('plan (25.8)', () => {
  it('allows everything', async () => {
    const { body } = await app.call('get', '/plan', person.key).expect(200);
    expect(body).toEqual({
      plan: 'pro',
      status: 'active',
      activeUntil: null,
      selfHosted: true,
      locked: false,
      features: {
        ai: true,
        apiKeys: true,
        customFields: true,
        fullExport: true,
        reorganize: true,
        binSharing: true,
        attachments: true,
        maxBins: null,
        maxLocations: null,
        maxPhotoStorageMb: null,
        maxMembersPerLocation: null,
        activityRetentionDays: null,
        aiCreditsPerMonth: null,
        reorganizeMaxBins: null,
      },
      upgradeUrl: null,
      upgradePlusUrl: null,
      upgradeProUrl: null,
      subscribePlanUrl: null,
      portalUrl: null,
      upgradeAction: null,
      upgradePlusAction: null,
      upgradeProAction: null,
      subscribePlanAction: null,
      portalAction: null,
      aiCredits: null,
      cancelAtPeriodEnd: null,
      billingPeriod: null,
      trialPeriodDays: 7,
    });
  });

  it('counts nothing, also where there is something', async () => {
    expect((await app.call('get', '/plan/usage', person.key).expect(200)).body).toEqual({
      binCount: 0,
      locationCount: 0,
      photoCount: 0,
      photoStorageMb: 0,
      memberCounts: {},
      viewerCounts: {},
      overLimits: { locations: false, photos: false, members: [] },
    });
    expect((await app.call('get', '/plan/usage-summary', person.key).expect(200)).body).toEqual({
      binCount: 0,
      photoCount: 0,
      photoStorageMb: 0,
      customFieldCount: 0,
      aiCreditsUsed: 0,
      aiCreditsLimit: 0,
      aiCreditsResetsAt: null,
    });
  });

  it('is told to who is signed in, and has nothing to downgrade', async () => {
    for (const path of ['/plan', '/plan/usage', '/plan/usage-summary'])
      await app.call('get', path).expect(401);
    for (const path of ['/plan/downgrade-to-free', '/plan/downgrade-impact', '/plan/downgrade'])
      await app.call('post', path, person.key).send({}).expect(404);
    await app.call('get', '/plans', person.key).expect(404);
  });
});

describe('health (25.7)', () => {
  it('is public and not limited', async () => {
    const limited = await startOpenbin({ DISABLE_RATE_LIMIT: 'false' });
    const { body, headers } = await limited.call('get', '/health').expect(200);
    expect(body).toEqual({ status: 'ok' });
    expect(headers).not.toHaveProperty('ratelimit-limit');
    await limited.stop();
  });

  it('answers 503 with its own body while the database does not answer', async () => {
    const { database } = app.services;
    const { ping } = database;
    Object.assign(database, { ping: () => Promise.reject(new Error('SQLITE_IOERR at /srv')) });
    const { status, body } = await app.call('get', '/health');
    Object.assign(database, { ping });
    expect([status, body]).toEqual([503, { status: 'error', message: expect.any(String) }]);
    expect(body.message).not.toMatch(/SQLITE|srv/);
    await app.call('get', '/health').expect(200);
  });
});

describe('status (7.1)', () => {
  it('tells strangers what they need', async () => {
    const { body } = await app.call('get', '/auth/status').expect(200);
    expect(body).toEqual({
      registrationEnabled: true,
      registrationMode: 'open',
      demoMode: false,
      qrPayloadMode: 'app',
      selfHosted: true,
      attachmentsEnabled: true,
      oauthProviders: [],
    });
  });

  it.each([
    [{ REGISTRATION_MODE: 'closed' }, { registrationEnabled: false, registrationMode: 'closed' }],
    [{ REGISTRATION_MODE: 'invite' }, { registrationEnabled: true, registrationMode: 'invite' }],
    [{ ATTACHMENTS_ENABLED: 'false' }, { attachmentsEnabled: false }],
    [
      { QR_PAYLOAD_MODE: 'url', BASE_URL: 'https://bins.example.com' },
      { qrPayloadMode: 'url', baseUrl: 'https://bins.example.com' },
    ],
  ])('%j', async (env, expected) => {
    const other = await startOpenbin(env as Record<string, string>);
    expect((await other.call('get', '/auth/status').expect(200)).body).toMatchObject(expected);
    await other.stop();
  });

  it('names the address only where labels hold links', async () => {
    for (const env of [{ BASE_URL: 'https://bins.example.com' }, { QR_PAYLOAD_MODE: 'url' }]) {
      const other = await startOpenbin(env as unknown as Record<string, string>);
      expect((await other.call('get', '/auth/status')).body).not.toHaveProperty('baseUrl');
      await other.stop();
    }
  });
});
