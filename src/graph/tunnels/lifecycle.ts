import type { AccountLifecycle } from '../core/lifecycle.ts';

/** What happens to tunnels with an account; erasing the account deletes them by the foreign key. */
export const tunnelsLifecycle: Partial<AccountLifecycle> = {
  heldBy: () => ({ tunnels: { none: {} } }),

  withNothing: () => ({ tunnels: { none: {} } }),

  // The keys of the agents are refused from now on; a tunnel that is open comes back by an agent's next sign-in.
  async suspended(tx, { accountId, suspended }) {
    if (!suspended) return;
    await tx.tunnel.updateMany({
      where: { accountId, status: 'ACTIVE' },
      data: { status: 'INACTIVE', agentKeyId: null },
    });
  },

  exportData: (accountId) => [
    {
      name: 'tunnels',
      count: (db) => db.tunnel.count({ where: { accountId } }),
      rows: async (db, { where, ...page }) => {
        const tunnels = await db.tunnel.findMany({ ...page, where: { ...where, accountId } });
        return tunnels.map((tunnel) => ({ ...tunnel, bytesOut: Number(tunnel.bytesOut) }));
      },
    },
    {
      name: 'tunnelRequests',
      count: (db) => db.tunnelRequest.count({ where: { accountId } }),
      rows: (db, { where, ...page }) =>
        db.tunnelRequest.findMany({ ...page, where: { ...where, accountId } }),
    },
  ],
};
