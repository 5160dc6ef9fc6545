import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Prisma } from '../../src/generated/sqlite/client.ts';
import { newId } from '../../src/graph/core/newId.ts';
import { lockOrganization } from '../../src/graph/vpn/organization/lockOrganization.ts';
import { useApp } from '../support/app.ts';
import { dataOf, makeNode, makePassword, makePerson } from './support.ts';

// A request that was let in waits for the turn of the organization; its caller may be put out by then.
const app = useApp();

const untilTheyWait = 500;

/** An organization with a node and a password, an administrator, and somebody who looks. */
async function organization() {
  const [owner, admin, viewer] = [
    await makePerson(app, { plan: 'PRO' }),
    await makePerson(app),
    await makePerson(app),
  ];
  const { id } = dataOf(await owner.get('/organization/'));
  const memberIds: string[] = [];
  for (const [{ account }, role] of [
    [admin, 'ADMIN'],
    [viewer, 'VIEWER'],
  ] as const) {
    const memberId = newId();
    memberIds.push(memberId);
    await app.db.organizationMember.create({
      data: { id: memberId, organizationId: id, accountId: account.id, role },
    });
  }
  const node = await makeNode(owner);
  const secret = await makePassword(owner, node.id);
  const [adminId = '', viewerId = ''] = memberIds;
  return {
    id: id as number,
    admin,
    adminId,
    viewerId,
    nodeId: node.id as number,
    passwordId: secret.id as number,
  };
}
type Made = Awaited<ReturnType<typeof organization>>;

const mutations = ({ id, adminId, viewerId, nodeId, passwordId }: Made) => [
  `updateOrganizationMember(input: { organizationId: ${id}, id: "${adminId}", role: ADMIN }) { __typename }`,
  `removeOrganizationMember(input: { organizationId: ${id}, id: "${viewerId}" }) { __typename }`,
  `inviteOrganizationMember(input: { organizationId: ${id}, email: "friend@example.com", role: ADMIN }) { __typename }`,
  `createVpnNode(input: { organizationId: ${id}, name: "n", ip: "192.0.2.1", host: "a.example.com", country: "de" }) { __typename }`,
  `updateVpnNode(input: { organizationId: ${id}, id: ${nodeId}, name: "changed" }) { __typename }`,
  `createVpnPassword(input: { organizationId: ${id}, nodeId: ${nodeId}, name: "mine" }) { __typename }`,
  `updateVpnPassword(input: { organizationId: ${id}, nodeId: ${nodeId}, id: ${passwordId}, password: "known" }) { __typename }`,
];

const stateOf = async ({ id }: Made) => ({
  members: (await app.db.organizationMember.findMany({ where: { organizationId: id } })).length,
  invited: await app.db.organizationInvitation.count({ where: { organizationId: id } }),
  nodes: await app.db.vpnNode.findMany({ where: { organizationId: id }, select: { name: true } }),
  passwords: await app.db.vpnPassword.findMany({
    where: { node: { organizationId: id } },
    select: { sealed: true },
  }),
});

type Change = (tx: Prisma.TransactionClient, made: Made) => Promise<unknown>;
const changes: [string, string, Change][] = [
  [
    'a viewer',
    'FORBIDDEN',
    (tx, { adminId: id }) => tx.organizationMember.update({ where: { id }, data: { role: 'VIEWER' } }),
  ],
  [
    'one of a suspended organization',
    'ORGANIZATION_SUSPENDED',
    (tx, { id }) => tx.organization.update({ where: { id }, data: { status: 'SUSPENDED' } }),
  ],
  ['nobody', 'NOT_FOUND', (tx, { adminId: id }) => tx.organizationMember.delete({ where: { id } })],
];

describe('an administrator whose request waits', () => {
  it.each(changes)('and who is made %s meanwhile changes nothing: %s', async (_what, code, change) => {
    const made = await organization();
    const before = await stateOf(made);
    await app.graphql(`{ organization(organizationId: ${made.id}) { id } }`, {}, made.admin.token);
    const { answers } = await app.db.$transaction(async (tx) => {
      await lockOrganization(tx, made.id);
      const answers = mutations(made).map((field) =>
        app
          .graphql(`mutation { ${field} }`, {}, made.admin.token)
          .then(({ errors, data }) => (errors ? errors[0]?.extensions.code : data)),
      );
      await sleep(untilTheyWait);
      await change(tx, made);
      return { answers };
    });
    expect(await Promise.all(answers)).toEqual(mutations(made).map(() => code));
    const { members, ...rest } = await stateOf(made);
    expect(rest).toEqual({ invited: before.invited, nodes: before.nodes, passwords: before.passwords });
    expect(members).toBe(before.members - (code === 'NOT_FOUND' ? 1 : 0));
  });

  it('and who is put out meanwhile binds no key to the organization', async () => {
    const made = await organization();
    const session = await app.makeSession(made.admin.account);
    const key = `mutation { createApiKey(input: { organizationId: ${made.id} }) { text } }`;
    const { answer } = await app.db.$transaction(async (tx) => {
      await lockOrganization(tx, made.id);
      const answer = app.graphql(key, {}, session).then(({ errors }) => errors?.[0]?.extensions.code);
      await sleep(untilTheyWait);
      await tx.organizationMember.delete({ where: { id: made.adminId } });
      return { answer };
    });
    expect(await answer).toBe('NOT_FOUND');
    expect(await app.db.apiKey.count({ where: { organizationId: made.id } })).toBe(0);
  });
});
