import { notFound } from '../../../errors/domainError.ts';
import type { Account, OrganizationStatus, VpnNode } from '../../../generated/sqlite/client.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { vpnServices } from '../vpnServices.ts';
import { isExpired } from './transfer.ts';
import { type PasswordView, viewPassword } from './type.ts';

const ownerState = { active: true, deletionRequestedAt: true } as const;
type OwnerState = Pick<Account, keyof typeof ownerState>;

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

/** Whether strangers get what an organization shares. */
function isServed({ status, owner }: { readonly status: OrganizationStatus; readonly owner: OwnerState }) {
  return status === 'ACTIVE' && owner.active && owner.deletionRequestedAt === null;
}

builder.queryField('sharedVpnPassword', (t) =>
  t.field({
    access: everyone,
    type: SharedVpnPassword,
    nullable: true,
    description:
      'Returns the password that a share code stands for, while it is active and not expired, and neither its organization is suspended nor the owner of that suspended or about to be deleted. Public: the code is the permission.',
    args: { shareCode: t.arg.string({ required: true, description: 'The code.' }) },
    resolve: async (_root, { shareCode }, { db, services }): Promise<Shared> => {
      const now = new Date();
      const row = await db.vpnPassword.findUnique({
        where: { shareCode },
        include: {
          node: { include: { organization: { select: { status: true, owner: { select: ownerState } } } } },
        },
      });
      if (!row?.active || isExpired(row, now) || !isServed(row.node.organization)) throw notFound('Password');
      return { ...viewPassword(row, vpnServices({ services }).vault, now), node: row.node };
    },
  }),
);
