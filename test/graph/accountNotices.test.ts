import { describe, expect, it } from 'vitest';
import { asOperator } from '../../src/admin/operator.ts';
import type { Account } from '../../src/generated/sqlite/client.ts';
import { graphql } from '../../src/graph/core/documents.ts';
import { issueLongSecret } from '../../src/graph/identity/secret/oneTimeSecrets.ts';
import { password, useApp } from '../support/app.ts';

const app = useApp();

const subjects = async ({ email }: Account) =>
  (await app.mails()).filter(({ to }) => to.includes(email)).map(({ subject }) => subject);
const eventsOf = ({ id }: Account) =>
  app.db.securityEvent.findMany({ where: { accountId: id }, orderBy: { id: 'asc' } });

const SetActive = graphql(`
  mutation TestSetActive($email: String!) {
    updateAccount(input: { email: $email, active: false, plan: SCALE }) {
      account {
        active
      }
    }
  }
`);

it('a suspension is mailed to the owner; by the console it has no actor but a name', async () => {
  const owner = await app.makeAccount();
  await asOperator(app.services, SetActive, { email: owner.email });
  expect(await subjects(owner)).toEqual(['Your account was suspended']);
  expect(await eventsOf(owner)).toMatchObject([
    {
      name: 'plan_changed',
      actorId: null,
      actorName: 'console',
      address: null,
      details: { before: 'FREE', after: 'SCALE' },
    },
    { name: 'account_suspended', actorId: null, actorName: 'console' },
  ]);
});

it('an administrator’s change is recorded with who made it, and one that changes nothing is not', async () => {
  const [owner, administrator] = [await app.makeAccount(), await app.makeAccount({ administrator: true })];
  const credential = await app.makeSession(administrator);
  const set = (input: string) =>
    app.graphql(
      `mutation { updateAccount(input: { email: "${owner.email}", ${input} }) { account { id } } }`,
      {},
      credential,
    );
  await set('plan: FREE, administrator: false, active: true');
  expect(await eventsOf(owner)).toEqual([]);
  await set('administrator: true');
  await set('administrator: false');
  const events = await eventsOf(owner);
  expect(events.map(({ name, actorName }) => [name, actorName])).toEqual([
    ['administrator_granted', administrator.email],
    ['administrator_revoked', administrator.email],
  ]);
});

it('a password that was reset is mailed to the owner', async () => {
  const owner = await app.makeAccount();
  const token = await issueLongSecret(app.db, owner.id, 'PASSWORD_RESET');
  await app.graphql(
    `mutation { resetPassword(input: { token: "${token}", newPassword: "a new passphrase" }) { accountId } }`,
  );
  expect(await subjects(owner)).toEqual(['Your password was reset']);
});

it('a deletion that OpenBin or the graph was asked for is mailed with a link that restores the account', async () => {
  const owner = await app.makeAccount();
  const session = await app.makeSession(owner);
  const remove = `mutation { requestDeletion(input: { password: "${password}" }) { scheduledAt } }`;
  expect((await app.graphql(remove, {}, session)).errors).toBeUndefined();
  const mail = (await app.mails()).findLast(({ to }) => to.includes(owner.email));
  expect(mail?.subject).toBe('The deletion of your account was requested');
  const token = /restore-account\?token=([0-9a-f]{48})/.exec(mail?.text ?? '')?.[1];
  const restore = `mutation { restoreAccount(input: { token: "${token}" }) { email } }`;
  expect((await app.graphql(restore)).data).toEqual({ restoreAccount: { email: owner.email } });
  const signIn = `mutation { signIn(input: { email: "${owner.email}", password: "${password}" }) { accessToken } }`;
  expect((await app.graphql(signIn)).errors).toBeUndefined();
});

describe('a role', () => {
  it('in a location is recorded of the member: joined, changed, removed', async () => {
    const [admin, member] = [await app.makeAccount(), await app.makeAccount()];
    const [ofAdmin, ofMember] = [await app.makeSession(admin), await app.makeSession(member)];
    const made = await app.graphql(
      'mutation { createLocation(input: { name: "Home" }) { location { id inviteCode } } }',
      {},
      ofAdmin,
    );
    const { id, inviteCode } = made.data.createLocation.location;
    await app.graphql(
      `mutation { joinLocation(input: { inviteCode: "${inviteCode}" }) { location { id } } }`,
      {},
      ofMember,
    );
    const of = `locationId: "${id}", accountId: "${member.id}"`;
    for (let times = 0; times < 2; times++)
      await app.graphql(
        `mutation { changeMemberRole(input: { ${of}, role: ADMIN }) { changed } }`,
        {},
        ofAdmin,
      );
    await app.graphql(`mutation { removeMember(input: { ${of} }) { deletedMemberId } }`, {}, ofAdmin);
    const target = { targetType: 'location', targetId: id };
    expect(await eventsOf(member)).toMatchObject([
      { name: 'member_joined', actorId: member.id, ...target },
      {
        name: 'member_role_changed',
        actorId: admin.id,
        details: { before: 'MEMBER', role: 'ADMIN' },
        ...target,
      },
      { name: 'member_removed', actorId: admin.id, details: { role: 'ADMIN' }, ...target },
    ]);
  });
});
