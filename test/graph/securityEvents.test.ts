import { describe, expect, it, vi } from 'vitest';
import { sendDueNotices } from '../../src/graph/identity/security/notices.ts';
import { password, useApp } from '../support/app.ts';

const app = useApp();

const createKey = `mutation ($name: String) {
  createApiKey(input: { name: $name, format: OPENBIN }) { text apiKey { id prefix } }
}`;
const ownEvents = `{ viewer { securityEvents { totalCount nodes {
  name outcome actorId actorName credentialPrefix address targetType targetId targetName details createdAt
} } } }`;

const subjects = async (to: string) =>
  (await app.mails())
    .filter((mail) => mail.to.includes(to))
    .map(({ subject, text }) => `${subject}\n${text}`);

describe('a new key', () => {
  it('is an event that its owner, the administrators and the log can read', async () => {
    const owner = await app.makeAccount();
    const session = await app.makeSession(owner);
    const logged = vi.spyOn(app.services.log, 'info');
    const { data } = await app.graphql(createKey, { name: 'laptop' }, session);
    const { id, prefix } = data.createApiKey.apiKey;
    const { data: own } = await app.graphql(ownEvents, {}, session);
    expect(own.viewer.securityEvents).toEqual({
      totalCount: 1,
      nodes: [
        {
          name: 'key_created',
          outcome: 'SUCCEEDED',
          actorId: owner.id,
          actorName: owner.email,
          credentialPrefix: prefix,
          address: expect.stringMatching(/127\.0\.0\.1$/),
          targetType: 'api_key',
          targetId: id,
          targetName: 'laptop',
          details: { format: 'OPENBIN' },
          createdAt: expect.any(String),
        },
      ],
    });
    expect(logged).toHaveBeenCalledWith(
      expect.objectContaining({ event: 'security.key_created', accountId: owner.id, prefix }),
      'security.key_created',
    );
    logged.mockRestore();

    const all = `query ($id: ID) { securityEvents(accountId: $id) { totalCount nodes { name } } }`;
    const refused = await app.graphql(all, { id: owner.id }, session);
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const administrator = await app.makeSession(await app.makeAccount({ administrator: true }));
    const { data: seen } = await app.graphql(all, { id: owner.id }, administrator);
    expect(seen.securityEvents).toEqual({ totalCount: 1, nodes: [{ name: 'key_created' }] });
  });

  it('is mailed to its owner: the first at once, those of the next hour together', async () => {
    const owner = await app.makeAccount();
    const session = await app.makeSession(owner);
    for (const name of ['one', 'two', 'three']) await app.graphql(createKey, { name }, session);
    expect(await subjects(owner.email)).toEqual([expect.stringMatching(/^A new API key\n[\s\S]*"one"/)]);
    // The hour goes by.
    await app.db.ownerNotice.updateMany({
      where: { accountId: owner.id, sentAt: null },
      data: { dueAt: new Date() },
    });
    await Promise.all([sendDueNotices(app.services), sendDueNotices(app.services)]);
    expect(await subjects(owner.email)).toEqual([
      expect.stringContaining('"one"'),
      expect.stringMatching(/^2 new API keys\n[\s\S]*"two"[\s\S]*"three"/),
    ]);
  });

  it('that is refused leaves neither an event nor a mail', async () => {
    const owner = await app.makeAccount();
    const session = await app.makeSession(owner);
    const tooMany = `mutation { createApiKey(input: { name: "x", organizationId: 999999 }) { text } }`;
    expect((await app.graphql(tooMany, {}, session)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(await app.db.securityEvent.count({ where: { accountId: owner.id } })).toBe(0);
    expect(await subjects(owner.email)).toEqual([]);
  });
});

it('a new password is an event and a mail', async () => {
  const owner = await app.makeAccount();
  const change = `mutation ($old: String, $new: String) {
    updateViewer(input: { currentPassword: $old, newPassword: $new }) { account { id } }
  }`;
  const session = await app.makeSession(owner);
  expect(
    (await app.graphql(change, { old: password, new: 'a new passphrase' }, session)).errors,
  ).toBeUndefined();
  const events = await app.db.securityEvent.findMany({ where: { accountId: owner.id } });
  expect(events).toMatchObject([{ name: 'password_changed', details: { first: false } }]);
  expect(await subjects(owner.email)).toEqual([expect.stringMatching(/^Your password was changed/)]);
});
