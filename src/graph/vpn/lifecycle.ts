import { notFound } from '../../errors/domainError.ts';
import type { AccountLifecycle } from '../core/lifecycle.ts';
import { vpnSections } from './exportSections.ts';
import { forgetInvited } from './invitation/forgetInvited.ts';
import { endBeforeProof } from './organization/endBeforeProof.ts';
import { handOverOrganizations } from './organization/handOver.ts';
import { lockOrganization, lockOwn } from './organization/lockOrganization.ts';

/** What happens to organizations and their members with an account. */
export const vpnLifecycle: Partial<AccountLifecycle> = {
  firstProof: endBeforeProof,

  // A removal from the organization, or its deletion, that comes at the same moment takes the new key along or is seen here.
  async bindKey(tx, accountId, organizationId) {
    await lockOrganization(tx, organizationId);
    const memberships = await tx.organizationMember.count({ where: { accountId, organizationId } });
    if (memberships === 0) throw notFound('Organization');
  },

  heldBy: () => ({ memberships: { none: {} } }),

  // An organization is made with its owner's address. One that its owner has set to another stays.
  async addressChanged(tx, { accountId, before, after }) {
    await tx.organization.updateMany({
      where: { ownerId: accountId, contactEmail: before },
      data: { contactEmail: after },
    });
  },

  // An organization without another owner goes by the foreign key, and the keys that others have bound to it go with it.
  async erase(tx, accountId) {
    await lockOwn(tx, accountId);
    const heirs = await handOverOrganizations(tx, accountId);
    await forgetInvited(tx, accountId);
    const keys = await tx.apiKey.findMany({
      where: { organization: { ownerId: accountId }, accountId: { not: accountId } },
      select: { accountId: true },
      distinct: ['accountId'],
    });
    return {
      affected: [...keys, ...heirs.map(({ id }) => ({ accountId: id }))].map((key) => key.accountId),
      heirs,
    };
  },

  withNothing: () => ({ memberships: { none: {} } }),

  exportData: vpnSections,
};
