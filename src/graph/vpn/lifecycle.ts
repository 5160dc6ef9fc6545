import { notFound } from '../../errors/domainError.ts';
import type { Prisma } from '../../generated/sqlite/client.ts';
import type { AccountLifecycle } from '../core/lifecycle.ts';
import { vpnSections } from './exportSections.ts';
import { forgetInvited } from './invitation/forgetInvited.ts';
import { handOverOrganizations } from './organization/handOver.ts';
import { lockOrganization } from './organization/lockOrganization.ts';

/** Locks the organization of an account if it has one: what is being bound to it or offered in it is found afterwards. */
async function lockOwn(tx: Prisma.TransactionClient, ownerId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Organization" SET "lockSequence" = "lockSequence" + 1 WHERE "ownerId" = ${ownerId}`;
}

/** What happens to organizations and their members with an account. */
export const vpnLifecycle: Partial<AccountLifecycle> = {
  // Offered under an address that its present owner had not proven: it changed hands, or was only typed.
  async firstProof(tx, ownerId) {
    await lockOwn(tx, ownerId);
    await tx.organizationInvitation.deleteMany({ where: { organization: { ownerId } } });
  },

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
