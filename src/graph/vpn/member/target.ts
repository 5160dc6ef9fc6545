import { DomainError, notFound } from '../../../errors/domainError.ts';
import type { MemberRole, Prisma } from '../../../generated/sqlite/client.ts';
import type { Access } from '../organization/access.ts';
import { type MemberView, withAccount } from './type.ts';

/** Throws FORBIDDEN when somebody who is no owner would touch or make an owner. */
export function assertMayGrant({ role }: Access, granted: MemberRole): void {
  if (granted === 'OWNER' && role !== 'OWNER') throw new DomainError('FORBIDDEN');
}

/** Throws FORBIDDEN when an organization that is nobody's own has one owner left. */
async function assertNotLastOwner(
  tx: Prisma.TransactionClient,
  { id: organizationId }: Access,
): Promise<void> {
  const owners = await tx.organizationMember.count({ where: { organizationId, role: 'OWNER' } });
  if (owners === 1) throw new DomainError('FORBIDDEN');
}

/**
 * The member that is to be changed. Throws NOT_FOUND for one of another organization, FORBIDDEN for
 * an owner where the caller is none, and always for the account whose organization it is.
 */
export async function targetMember(
  tx: Prisma.TransactionClient,
  access: Access,
  id: string,
): Promise<MemberView> {
  const member = await tx.organizationMember.findFirst({
    where: { id, organizationId: access.id },
    include: withAccount,
  });
  if (!member) throw notFound('Member');
  if (member.accountId === access.ownerId) throw new DomainError('FORBIDDEN');
  if (access.ownerId === null && member.role === 'OWNER') await assertNotLastOwner(tx, access);
  assertMayGrant(access, member.role);
  return member;
}
