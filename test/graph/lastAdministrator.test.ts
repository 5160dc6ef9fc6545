import { beforeEach, describe, expect, it } from 'vitest';
import { asOperator } from '../../src/admin/operator.ts';
import { graphql } from '../../src/graph/core/documents.ts';
import { password, useApp } from '../support/app.ts';

// A server keeps somebody who administers it and can act, whichever way an administrator leaves.
const app = useApp();
beforeEach(() => app.db.account.updateMany({ data: { administrator: false } }).then(() => {}));

async function administrator() {
  const account = await app.makeAccount({ administrator: true });
  return { account, session: await app.makeSession(account) };
}
type Administrator = Awaited<ReturnType<typeof administrator>>;

async function mutate({ session }: Administrator, field: string) {
  const { errors } = await app.graphql(`mutation { ${field} }`, {}, session);
  return errors?.[0]?.extensions.code ?? 'done';
}
const set = ({ account: { email } }: Administrator, change: string) =>
  `updateAccount(input: { email: "${email}", ${change} }) { account { id } }`;
const remaining = () =>
  app.db.account.count({ where: { administrator: true, active: true, deletionRequestedAt: null } });

const ways: [string, (of: Administrator) => string][] = [
  ['deleteViewer', () => 'deleteViewer(input: {}) { deletedAccountId }'],
  ['requestDeletion', () => `requestDeletion(input: { password: "${password}" }) { scheduledAt }`],
  ['updateAccount, the right', (of) => set(of, 'administrator: false')],
  ['updateAccount, the activity', (of) => set(of, 'active: false')],
  ['updateAccount, both and a plan', (of) => set(of, 'administrator: false, active: false, plan: PRO')],
];

describe('the last administrator who can act', () => {
  it.each(ways)('stays: %s', async (_way, field) => {
    const last = await administrator();
    const suspended = await administrator();
    await app.db.account.update({ where: { id: suspended.account.id }, data: { active: false } });
    const before = await app.db.account.findUniqueOrThrow({ where: { id: last.account.id } });
    expect(await mutate(last, field(last))).toBe('LAST_ADMINISTRATOR');
    const after = await app.db.account.findUniqueOrThrow({ where: { id: last.account.id } });
    expect(after).toEqual(before);
  });

  it.each(ways)('goes when there is another: %s', async (_way, field) => {
    const one = await administrator();
    await administrator();
    expect(await mutate(one, field(one))).toBe('done');
    expect(await remaining()).toBe(1);
  });

  it.each(ways)('is one of two who go at once: %s', async (_way, field) => {
    for (let round = 0; round < 4; round++) {
      await app.db.account.updateMany({ data: { administrator: false } });
      const [one, two] = [await administrator(), await administrator()];
      await Promise.all([mutate(one, field(one)), mutate(two, field(two))]);
      expect(await remaining()).toBe(1);
    }
  });

  it('is one of two who take the right from each other, and of those who leave in different ways', async () => {
    for (let round = 0; round < 4; round++) {
      await app.db.account.updateMany({ data: { administrator: false } });
      const [one, two] = [await administrator(), await administrator()];
      const right = 'administrator: false';
      const codes = await Promise.all([
        mutate(one, set(two, right)),
        mutate(two, round % 2 === 0 ? set(one, right) : 'deleteViewer(input: {}) { deletedAccountId }'),
      ]);
      expect(await remaining()).toBe(1);
      expect(codes).toContain('done');
    }
  });

  it('loses the right to nobody who has lost it meanwhile', async () => {
    const [one, two, three] = [await administrator(), await administrator(), await administrator()];
    const codes = await Promise.all([
      mutate(one, set(two, 'administrator: false')),
      mutate(two, set(one, 'administrator: false')),
    ]);
    expect([...codes].sort()).toEqual(['FORBIDDEN', 'done'].sort());
    expect(await mutate(three, set(three, 'plan: PRO'))).toBe('done');
  });

  it('keeps everything else possible: plans, and what takes no right', async () => {
    const last = await administrator();
    expect(await mutate(last, set(last, 'plan: PRO, administrator: true, active: true'))).toBe('done');
    const other = { account: await app.makeAccount(), session: '' };
    expect(await mutate(last, set(other, 'active: false'))).toBe('done');
  });

  it('can be stopped from the console, which administers the server by itself', async () => {
    const last = await administrator();
    const Stop = graphql(`
      mutation TestStop($email: String!) {
        updateAccount(input: { email: $email, active: false }) {
          account {
            active
          }
        }
      }
    `);
    await asOperator(app.services, Stop, { email: last.account.email });
    expect(await remaining()).toBe(0);
  });
});

describe('deleteViewer of somebody who alone administers a location of others', () => {
  it('gives it to the member who has been there longest', async () => {
    const [who, first, second] = [await app.makeAccount(), await app.makeAccount(), await app.makeAccount()];
    const [key, ofFirst] = [await app.makeKey(who), await app.makeKey(first)];
    const made = await app.graphql(
      'mutation { createLocation(input: { name: "Shared" }) { location { id inviteCode } } }',
      {},
      key,
    );
    const { id, inviteCode } = made.data.createLocation.location;
    for (const credential of [ofFirst, await app.makeKey(second)]) {
      await app.graphql(
        `mutation { joinLocation(input: { inviteCode: "${inviteCode}" }) { location { id } } }`,
        {},
        credential,
      );
    }
    const session = await app.makeSession(who);
    const { data } = await app.graphql(
      'mutation { deleteViewer(input: {}) { deletedAccountId } }',
      {},
      session,
    );
    expect(data).toEqual({ deleteViewer: { deletedAccountId: who.id } });
    const roles = await app.db.membership.findMany({
      where: { locationId: id, account: { deletionRequestedAt: null } },
      orderBy: { joinedAt: 'asc' },
    });
    expect(roles.map(({ accountId, role }) => [accountId, role])).toEqual([
      [first.id, 'ADMIN'],
      [second.id, 'MEMBER'],
    ]);
  });
});
