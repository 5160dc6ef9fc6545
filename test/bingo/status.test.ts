import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../support/app.ts';
import {
  ageHeartbeat,
  asTime,
  dataOf,
  expectError,
  makeNode,
  makePerson,
  type Person,
  time,
} from './support.ts';

const app = useApp();
let ann: Person;
beforeAll(async () => {
  ann = await makePerson(app);
});

const status = async (id: number) => dataOf(await ann.get(`/nodes/${id}/status/`));
const beat = (id: number, body: unknown = {}) => ann.post(`/nodes/${id}/heartbeat/`, body);
const redeploy = (id: number) => ann.post(`/nodes/${id}/redeploy/`);
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe('a node', () => {
  it('is pending until its first heartbeat makes it successfully deployed', async () => {
    const { id } = await makeNode(ann);
    expect(await status(id)).toEqual({
      status: 0,
      status_display: 'Pending',
      status_update_time: expect.stringMatching(time),
      last_heartbeat: null,
      online: false,
    });
    dataOf(await beat(id));
    expect(await status(id)).toEqual({
      status: 9,
      status_display: 'Deployment Successful',
      status_update_time: expect.stringMatching(time),
      last_heartbeat: expect.stringMatching(time),
      online: true,
    });
  });

  it('is offline as soon as its last heartbeat is older than 90 seconds, on whatever road it is read', async () => {
    const { id } = await makeNode(ann);
    dataOf(await beat(id));
    await ageHeartbeat(app, id, 85);
    expect((await status(id)).status).toBe(9);
    await ageHeartbeat(app, id, 91);
    const offlineSince = asTime(new Date(Date.now() - 1000));
    const now = await status(id);
    expect(now).toMatchObject({ status: 3, status_display: 'Offline', online: false });
    expect(Math.abs(Date.parse(now.status_update_time) - Date.parse(offlineSince))).toBeLessThanOrEqual(2000);
    expect(dataOf(await ann.get(`/nodes/${id}/`))).toMatchObject({ status: 3, can_redeploy: true });
    const listed = dataOf(await ann.get('/nodes/?status=3')).results;
    expect(listed).toContainEqual(expect.objectContaining({ id, status: 3 }));
    // Nothing wrote that: it is worked out by the reader.
    expect(await app.db.vpnNode.findUnique({ where: { id } })).toMatchObject({ state: 'DEPLOYED' });
  });

  it('comes back by a heartbeat', async () => {
    const { id } = await makeNode(ann);
    dataOf(await beat(id));
    await ageHeartbeat(app, id, 3600);
    await app.db.vpnNode.update({ where: { id }, data: { stateChangedAt: minutesAgo(90) } });
    dataOf(await beat(id));
    const now = await status(id);
    expect(now).toMatchObject({ status: 9, online: true });
    expect(Date.now() - Date.parse(`${now.status_update_time}Z`)).toBeLessThan(5000);
  });

  it('is expired past its time whatever else it is, and what it was when the time is moved', async () => {
    const { id } = await makeNode(ann);
    dataOf(await beat(id));
    const { status_update_time } = await status(id);
    const expired = dataOf(await ann.patch(`/nodes/${id}/`, { expire_time: '2020-01-02 03:04:05' }));
    expect(expired).toMatchObject({
      status: 5,
      status_display: 'Expired',
      can_redeploy: false,
      expire_time: '2020-01-02 03:04:05',
    });
    // It was deployed until now: this time never goes back.
    expect(expired.status_update_time >= status_update_time).toBe(true);
    expect(dataOf(await beat(id)).results).toEqual([]);
    expect((await status(id)).status).toBe(5);
    dataOf(await ann.put(`/nodes/${id}/status/`, { status: 4 }));
    expect((await status(id)).status).toBe(5);
    dataOf(await ann.patch(`/nodes/${id}/`, { expire_time: null }));
    expect((await status(id)).status).toBe(4);
  });

  it('has a failed deployment when no heartbeat came within 15 minutes of one', async () => {
    const { id } = await makeNode(ann);
    dataOf(await redeploy(id));
    await app.db.vpnNode.update({ where: { id }, data: { stateChangedAt: minutesAgo(14) } });
    expect((await status(id)).status).toBe(1);
    await app.db.vpnNode.update({ where: { id }, data: { stateChangedAt: minutesAgo(16) } });
    expect(await status(id)).toMatchObject({ status: 2, status_display: 'Deployment Failed' });
    dataOf(await beat(id));
    expect((await status(id)).status).toBe(9);
  });
});

describe('POST /nodes/{id}/redeploy/', () => {
  it('sets Deploying and the time, and answers the node', async () => {
    const { id } = await makeNode(ann);
    dataOf(await beat(id));
    await app.db.vpnNode.update({ where: { id }, data: { stateChangedAt: minutesAgo(60) } });
    const node = dataOf(await redeploy(id));
    expect(node).toMatchObject({ id, status: 1, status_display: 'Deploying', can_redeploy: false });
    expect(Date.now() - Date.parse(`${node.status_update_time}Z`)).toBeLessThan(5000);
    dataOf(await beat(id));
    expect(await status(id)).toMatchObject({ status: 9 });
  });

  it('answers 400 while it is being deployed, disabled or expired', async () => {
    const sentence = 'In its present status the node cannot be redeployed.';
    const { id } = await makeNode(ann);
    dataOf(await redeploy(id));
    expectError(await redeploy(id), 400, sentence);
    dataOf(await ann.put(`/nodes/${id}/status/`, { status: 4 }));
    expectError(await redeploy(id), 400, sentence);
    dataOf(await ann.put(`/nodes/${id}/status/`, { status: 9 }));
    await ann.patch(`/nodes/${id}/`, { expire_time: '2020-01-01 00:00:00' });
    expectError(await redeploy(id), 400, sentence);
  });

  it('lets one of ten who come together through', async () => {
    const { id } = await makeNode(ann);
    const answers = await Promise.all(Array.from({ length: 10 }, () => redeploy(id)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(9).fill(400)]);
  });
});

describe('PUT /nodes/{id}/status/', () => {
  it('disables, and enables again', async () => {
    const { id } = await makeNode(ann);
    dataOf(await beat(id));
    const disabled = dataOf(await ann.put(`/nodes/${id}/status/`, { status: 4 }));
    expect(disabled).toMatchObject({ status: 4, status_display: 'Disabled' });
    expect(dataOf(await ann.get(`/nodes/${id}/`))).toMatchObject({ status: 4, can_redeploy: false });
    dataOf(await beat(id));
    expect((await status(id)).status).toBe(4);
    expect(dataOf(await ann.put(`/nodes/${id}/status/`, { status: 9 }))).toMatchObject({ status: 9 });
  });

  it('enables a node whose agent has gone as offline, from that moment on', async () => {
    const { id } = await makeNode(ann);
    dataOf(await beat(id));
    const disabled = dataOf(await ann.put(`/nodes/${id}/status/`, { status: 4 }));
    await ageHeartbeat(app, id, 600);
    const enabled = dataOf(await ann.put(`/nodes/${id}/status/`, { status: 9 }));
    expect(enabled).toMatchObject({ status: 3, online: false });
    expect(enabled.status_update_time >= disabled.status_update_time).toBe(true);
  });

  it('changes nothing by enabling a node that was not disabled', async () => {
    const { id } = await makeNode(ann);
    const since = new Date(Date.now() - 60_000);
    const enable = async () => {
      await app.db.vpnNode.update({ where: { id }, data: { stateChangedAt: since } });
      const before = dataOf(await ann.get(`/nodes/${id}/`));
      dataOf(await ann.put(`/nodes/${id}/status/`, { status: 9 }));
      expect(dataOf(await ann.get(`/nodes/${id}/`))).toEqual(before);
      return before.status;
    };
    expect(await enable()).toBe(0);
    dataOf(await redeploy(id));
    expect(await enable()).toBe(1);
    dataOf(await beat(id));
    expect(await enable()).toBe(9);
    await ageHeartbeat(app, id, 600);
    expect(await enable()).toBe(3);
    await ann.patch(`/nodes/${id}/`, { expire_time: '2020-01-01 00:00:00' });
    expect(await enable()).toBe(5);
  });

  it('keeps the time when nothing changes', async () => {
    const { id } = await makeNode(ann);
    dataOf(await ann.put(`/nodes/${id}/status/`, { status: 4 }));
    await app.db.vpnNode.update({
      where: { id },
      data: { stateChangedAt: new Date('2021-02-03T04:05:06Z') },
    });
    const again = dataOf(await ann.put(`/nodes/${id}/status/`, { status: 4 }));
    expect(again.status_update_time).toBe('2021-02-03 04:05:06');
  });

  it.each([0, 1, 2, 3, 5, 8, '4', null, true, 4.5])('answers 400 to %j', async (value) => {
    const { id } = await makeNode(ann);
    expectError(await ann.put(`/nodes/${id}/status/`, { status: value }), 400, 'status: must be 4 or 9');
    expect((await status(id)).status).toBe(0);
  });
});

it('filters by the very status that it shows, for every status and on both sides of every moment', async () => {
  const carl = await makePerson(app);
  const { id: organizationId } = dataOf(await carl.get('/organization/'));
  const states = ['PENDING', 'DEPLOYING', 'DEPLOYED', 'DISABLED'] as const;
  const ages = [0, 30, 60, 120, 840, 960, 7200];
  const data = states.flatMap((state) =>
    ages.flatMap((changed) =>
      [null, ...ages].flatMap((heard) =>
        [null, -3600, 3600].map((end) => ({
          organizationId,
          state,
          name: 'x',
          ip: '192.0.2.1',
          host: 'x.example.com',
          port: 443,
          country: 'de',
          searchText: 'x',
          stateChangedAt: new Date(Date.now() - changed * 1000),
          lastHeartbeatAt: heard === null ? null : new Date(Date.now() - heard * 1000),
          expiresAt: end === null ? null : new Date(Date.now() + end * 1000),
        })),
      ),
    ),
  );
  await app.db.vpnNode.createMany({ data });
  let counted = 0;
  for (const code of [0, 1, 2, 3, 4, 5, 9]) {
    const page = dataOf(await carl.get(`/nodes/?status=${code}&page_size=100`));
    expect(page.count, `status ${code}`).toBeGreaterThan(0);
    expect(new Set(page.results.map((node: { status: number }) => node.status))).toEqual(new Set([code]));
    counted += page.count;
  }
  expect(counted).toBe(data.length);
});
