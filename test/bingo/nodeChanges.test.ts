import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { vpnServices } from '../../src/graph/vpn/vpnServices.ts';
import { startTestApp, useApp } from '../support/app.ts';
import { runChild } from '../support/child.ts';
import { boundToken, dataOf, join, makeNode, makePerson, type Person } from './support.ts';

const offlineAfterSeconds = 2;
const app = useApp({
  VPN_OFFLINE_AFTER_SECONDS: String(offlineAfterSeconds),
  DISABLE_RATE_LIMIT: 'false',
});

interface Event {
  readonly data?: {
    vpnNodeChanges: { kind: string; nodeId: number; node: { name: string; status: string } | null };
  };
  readonly errors?: { message: string; extensions: { code: string } }[];
}

/** A subscription over server-sent events, as a browser would have it. */
function subscribe(token: string | undefined, organizationId?: number) {
  const abort = new AbortController();
  const query = `subscription ($id: Int) {
    vpnNodeChanges(organizationId: $id) { kind nodeId node { name status } }
  }`;
  const opened = fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables: { id: organizationId } }),
    signal: abort.signal,
  });
  async function* read(): AsyncGenerator<Event> {
    const { body } = await opened;
    let text = '';
    for await (const chunk of body ?? []) {
      text += Buffer.from(chunk).toString();
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: ?(.+)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        if (data) yield JSON.parse(data);
      }
    }
  }
  const events = read();
  const feed = {
    opened,
    /** The next change; undefined when the stream has ended. */
    async next(): Promise<Event | undefined> {
      const late = new Promise<never>((_resolve, reject) => {
        setTimeout(() => reject(new Error('no event came')), 10_000).unref();
      });
      const { value, done } = await Promise.race([events.next(), late]);
      return done ? undefined : value;
    },
    /** Resolves when the server follows the organization, so that nothing is missed. */
    async ready() {
      await opened;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return feed;
    },
    close: () => abort.abort(),
  };
  feeds.push(feed);
  return feed;
}

const feeds: { close(): void }[] = [];
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close();
});

/**
 * Reads on until a change of this kind, node and status comes. Others may come before it: after a
 * lost connection to Redis an instance looks at everything again, and tells twice rather than not at all.
 */
async function hears(
  feed: ReturnType<typeof subscribe>,
  ...expected: (string | number | null)[]
): Promise<void> {
  const heard: unknown[] = [];
  for (let count = 0; count < 10; count++) {
    const event = await feed.next();
    const { kind, nodeId, node } = event?.data?.vpnNodeChanges ?? {};
    const all = [kind, nodeId, node?.status ?? null, node?.name];
    heard.push(all);
    if (isDeepStrictEqual(all.slice(0, expected.length), expected)) return;
  }
  throw new Error(`heard ${JSON.stringify(heard)} instead of ${JSON.stringify(expected)}`);
}

describe('vpnNodeChanges', () => {
  it('tells what people and heartbeats do', async () => {
    const ann = await makePerson(app);
    const feed = await subscribe(ann.token).ready();
    expect((await feed.opened).headers.get('content-type')).toContain('text/event-stream');
    const { id } = await makeNode(ann);
    await hears(feed, 'CREATED', id, 'PENDING');
    await ann.patch(`/nodes/${id}/`, { name: 'New name' });
    await hears(feed, 'CHANGED', id, 'PENDING', 'New name');
    await ann.post(`/nodes/${id}/redeploy/`);
    await hears(feed, 'CHANGED', id, 'DEPLOYING');
    await ann.post(`/nodes/${id}/heartbeat/`, {});
    await hears(feed, 'CHANGED', id, 'DEPLOYED');
    await ann.put(`/nodes/${id}/status/`, { status: 4 });
    await hears(feed, 'CHANGED', id, 'DISABLED');
    await ann.delete(`/nodes/${id}/`);
    await hears(feed, 'DELETED', id, null);
  });

  it('tells what only time does: offline and expired, when it happens', async () => {
    const ann = await makePerson(app);
    const { id } = await makeNode(ann);
    const feed = await subscribe(ann.token).ready();
    await ann.post(`/nodes/${id}/heartbeat/`, {});
    const beatAt = Date.now();
    await hears(feed, 'CHANGED', id, 'DEPLOYED');
    await hears(feed, 'CHANGED', id, 'OFFLINE');
    const tookMs = Date.now() - beatAt;
    expect(tookMs).toBeGreaterThan(offlineAfterSeconds * 1000 - 500);
    expect(tookMs).toBeLessThan(offlineAfterSeconds * 1000 + 10_000);
    const end = new Date(Date.now() + 2000).toISOString().slice(0, 19).replace('T', ' ');
    await ann.patch(`/nodes/${id}/`, { expire_time: end });
    await hears(feed, 'CHANGED', id, 'EXPIRED');
  });

  it('is heard by every subscriber of the organization and by nobody else', async () => {
    const ann = await makePerson(app);
    const bob = await makePerson(app);
    const viewer = await makePerson(app);
    const organizationId = await join(app, viewer.account, ann, 'VIEWER');
    const [own, read, other] = await Promise.all([
      subscribe(ann.token).ready(),
      subscribe(viewer.token, organizationId).ready(),
      subscribe(bob.token).ready(),
    ]);
    const { id } = await makeNode(ann);
    await hears(own, 'CREATED', id, 'PENDING');
    await hears(read, 'CREATED', id, 'PENDING');
    const { id: bobs } = await makeNode(bob);
    await hears(other, 'CREATED', bobs, 'PENDING');
  });

  it('is refused without a credential and to those who are no members, before anything begins', async () => {
    const ann = await makePerson(app);
    const bob = await makePerson(app);
    const { id } = dataOf(await ann.get('/organization/'));
    const code = async (feed: ReturnType<typeof subscribe>) =>
      (await feed.next())?.errors?.[0]?.extensions.code;
    expect(await code(subscribe(undefined))).toBe('UNAUTHENTICATED');
    expect(await code(subscribe(bob.token, id))).toBe('NOT_FOUND');
    expect(await code(subscribe(bob.token, 2_147_483_647))).toBe('NOT_FOUND');
  });

  it('ends at once, whether or not anything changes, when its account is suspended', async () => {
    const [ann, bob] = [await makePerson(app), await makePerson(app)];
    const [suspended, other] = [await subscribe(ann.token).ready(), await subscribe(bob.token).ready()];
    const root = await app.makeKey(await app.makeAccount({ administrator: true }));
    const { errors } = await app.graphql(
      `mutation { updateAccount(input: { email: "${ann.account.email}", active: false }) { account { id } } }`,
      {},
      root,
    );
    expect(errors).toBeUndefined();
    expect(await suspended.next()).toBeUndefined();
    const { id } = await makeNode(bob);
    await hears(other, 'CREATED', id);
  });

  it('ends without a word when its key was revoked or its member put out', async () => {
    const ann = await makePerson(app);
    const viewer = await makePerson(app);
    const organizationId = await join(app, viewer.account, ann, 'VIEWER');
    const revoked = await subscribe(await app.makeKey(ann.account, 'BINGO')).ready();
    const bound = await subscribe(await boundToken(app, viewer.account, organizationId)).ready();
    const out = await subscribe(viewer.token, organizationId).ready();
    await app.db.apiKey.updateMany({
      where: { accountId: ann.account.id, name: 'test', hash: { not: '' } },
      data: { revokedAt: new Date() },
    });
    await app.db.organizationMember.deleteMany({ where: { accountId: viewer.account.id, organizationId } });
    await vpnServices(app).nodeChanges.publish(organizationId, [2_000_000_000]);
    expect(await revoked.next()).toBeUndefined();
    expect(await bound.next()).toBeUndefined();
    expect(await out.next()).toBeUndefined();
  });

  it('is open twenty times at most for an account, and a closed one makes room', async () => {
    const ann = await makePerson(app);
    const open = await Promise.all(Array.from({ length: 20 }, () => subscribe(ann.token).ready()));
    const [event] = [await subscribe(ann.token).next()];
    expect(event?.errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
    open[0]?.close();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const again = await subscribe(ann.token).ready();
    const { id } = await makeNode(ann);
    await hears(again, 'CREATED', id, 'PENDING');
  });

  it('does not keep the server from stopping', async () => {
    const short = await startTestApp();
    const ann: Person = await makePerson(short);
    const answer = await fetch(`${short.url}/graphql`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${ann.token}`,
      },
      body: JSON.stringify({ query: 'subscription { vpnNodeChanges { kind } }' }),
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const startedAt = Date.now();
    await Promise.all([answer.text(), short.stop()]);
    expect(Date.now() - startedAt).toBeLessThan(8000);
  });
});

describe.skipIf(!process.env.LATCHKEY_TEST_REDIS_URL)('with Redis', () => {
  it('tells what another process does', async () => {
    const ann = await makePerson(app);
    const { id } = await makeNode(ann);
    const feed = await subscribe(ann.token).ready();
    const { databaseUrl, dataDir, redisUrl = '' } = app.config;
    await runChild(
      new URL('./disableChild.ts', import.meta.url),
      JSON.stringify({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, REDIS_URL: redisUrl }),
      `/api/v2/nodes/${id}/status/`,
      ann.token,
    );
    await hears(feed, 'CHANGED', id, 'DISABLED');
  }, 60_000);
});
