import { notFound } from '../../../errors/domainError.ts';
import type { Prisma, VpnNode } from '../../../generated/sqlite/client.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { usableAccount } from '../../identity/account/usable.ts';
import { vpnServices } from '../vpnServices.ts';
import { isExpired } from './transfer.ts';
import { type PasswordView, viewPassword } from './type.ts';

/** Organizations of which strangers get what is shared: not where an administrator suspended the account whose own it is. */
const served: Prisma.OrganizationWhereInput = {
  status: 'ACTIVE',
  OR: [{ ownerId: null }, { owner: { active: true } }],
  members: { some: { role: 'OWNER', account: usableAccount } },
};

interface Shared extends PasswordView {
  readonly node: VpnNode;
}

const SharedVpnPassword = builder.objectRef<Shared>('SharedVpnPassword').implement({
  description: 'What a person needs to connect.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What the password is called.' }),
    host: t.string({ description: 'Host name of the node.', resolve: ({ node }) => node.host }),
    port: t.int({ description: 'Port of the node.', resolve: ({ node }) => node.port }),
    country: t.string({
      description: 'ISO 3166-1 alpha-2, lower-case.',
      resolve: ({ node }) => node.country,
    }),
    password: t.exposeString('password', { description: 'The password itself.' }),
    active: t.exposeBoolean('active', { description: 'Whether it is switched on.' }),
    expired: t.exposeBoolean('expired', { description: 'Whether its time has ended.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its time ends.',
    }),
  }),
});

builder.queryField('sharedVpnPassword', (t) =>
  t.field({
    access: everyone,
    type: SharedVpnPassword,
    nullable: true,
    description:
      'Returns the password that a share code stands for, while it is active and not expired, and neither its organization is suspended nor its owner suspended, nor all of its owners about to be deleted. Public: the code is the permission.',
    args: { shareCode: t.arg.string({ required: true, description: 'The code.' }) },
    resolve: async (_root, { shareCode }, { db, services }): Promise<Shared> => {
      const now = new Date();
      const row = await db.vpnPassword.findUnique({
        where: { shareCode, node: { organization: served } },
        include: { node: true },
      });
      if (!row?.active || isExpired(row, now)) throw notFound('Password');
      return { ...viewPassword(row, vpnServices({ services }).vault, now), node: row.node };
    },
  }),
);
