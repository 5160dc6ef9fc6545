import { type ExportSection, numbered, wholeNumbers } from '../core/exportData.ts';

/** What an account owns in VPN organizations: its memberships, and all of its own organization but passwords themselves. */
export function vpnSections(accountId: string): readonly ExportSection[] {
  const own = { organization: { ownerId: accountId } };
  return [
    {
      name: 'organizations',
      cursors: wholeNumbers,
      count: (db) => db.organization.count({ where: { members: { some: { accountId } } } }),
      rows: async (db, page) => {
        const { id, ...rest } = numbered(page);
        const found = await db.organization.findMany({
          ...rest,
          where: { id, members: { some: { accountId } } },
          omit: { lockSequence: true },
          include: { members: { where: { accountId }, select: { role: true, createdAt: true } } },
        });
        return found.map(({ members: [member], ...organization }) => ({
          ...organization,
          role: member?.role,
          joinedAt: member?.createdAt,
        }));
      },
    },
    {
      name: 'organizationInvitations',
      count: (db) => db.organizationInvitation.count({ where: own }),
      rows: (db, { where, ...page }) =>
        db.organizationInvitation.findMany({ ...page, where: { ...where, ...own }, omit: { hash: true } }),
    },
    {
      name: 'vpnNodes',
      cursors: wholeNumbers,
      count: (db) => db.vpnNode.count({ where: own }),
      rows: (db, page) => {
        const { id, ...rest } = numbered(page);
        return db.vpnNode.findMany({
          ...rest,
          where: { id, ...own },
          omit: { lockSequence: true, searchText: true },
        });
      },
    },
    {
      name: 'vpnPasswords',
      cursors: wholeNumbers,
      count: (db) => db.vpnPassword.count({ where: { node: own } }),
      rows: (db, page) => {
        const { id, ...rest } = numbered(page);
        return db.vpnPassword.findMany({
          ...rest,
          where: { id, node: own },
          select: {
            id: true,
            nodeId: true,
            name: true,
            active: true,
            bandwidthLimit: true,
            transferLimit: true,
            transferIsMonthly: true,
            expiresAt: true,
            createdAt: true,
            updatedAt: true,
          },
        });
      },
    },
  ];
}
