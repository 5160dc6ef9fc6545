import type { Prisma } from '../../generated/sqlite/client.ts';
import type { AccountLifecycle } from '../core/lifecycle.ts';
import { newId } from '../core/newId.ts';
import { usableAccount } from '../identity/account/usable.ts';
import { forgetInActivities } from './activity/forget.ts';
import { inventorySections } from './exportSections.ts';
import { lockInvited } from './location/lockInvited.ts';
import { settleActiveLocation } from './location/settleActiveLocation.ts';
import {
  assertLeavesNoOrphans,
  handOverLocations,
  leaveLocations,
  lockLocationsOf,
} from './membership/accountGoes.ts';
import { endBeforeProof } from './membership/endBeforeProof.ts';

/** What happens to locations and their members with an account. */
export const inventoryLifecycle: Partial<AccountLifecycle> = {
  isInvited: async (db, inviteCode) => (await db.location.count({ where: { inviteCode } })) > 0,

  async invited(tx, inviteCode) {
    const { id, defaultJoinRole } = await lockInvited(tx, inviteCode);
    const membership = { id: newId(), locationId: id, role: defaultJoinRole };
    return { activeLocationId: id, locationMemberships: { create: membership } };
  },

  signedIn: settleActiveLocation,

  firstProof: endBeforeProof,

  // The holder administers every location of the account, at least one; and without administering the
  // server does not hold an account that does.
  heldBy(holderId) {
    const administeredBy = (account: Prisma.AccountWhereInput) => ({
      location: { memberships: { some: { accountId: holderId, role: 'ADMIN' as const, account } } },
    });
    const theirs = administeredBy(usableAccount);
    return {
      locationMemberships: { some: theirs, every: theirs },
      createdBins: { none: { visibility: 'PRIVATE' as const } },
      OR: [
        { administrator: false },
        { locationMemberships: { some: administeredBy({ administrator: true }) } },
      ],
    };
  },

  lockBeforeAccount: lockLocationsOf,

  mayErase: assertLeavesNoOrphans,

  handOver: handOverLocations,

  async erase(tx, accountId) {
    const heirs = await leaveLocations(tx, accountId);
    await forgetInActivities(tx, accountId);
    return { affected: [], heirs };
  },

  withNothing: () => ({ locationMemberships: { none: {} } }),

  exportData: inventorySections,
};
