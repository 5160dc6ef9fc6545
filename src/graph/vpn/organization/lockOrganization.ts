import { notFound } from '../../../errors/domainError.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { Caller } from '../../core/context.ts';
import { type Access, findAccess, mayChange } from './access.ts';

/**
 * Makes transactions that count and then write for one organization take turns; see `lockAccount`.
 * In SQL, because Prisma would also set `updatedAt`, which is shown. Throws NOT_FOUND when it is gone.
 */
export async function lockOrganization(tx: Prisma.TransactionClient, id: number): Promise<void> {
  const count = await tx.$executeRaw`
    UPDATE "Organization" SET "lockSequence" = "lockSequence" + 1 WHERE "id" = ${id}`;
  if (count === 0) throw notFound('Organization');
}

/**
 * The same for somebody who is to change something, and a look at their role again: who was put out or
 * made a viewer while the request waited must not write, least of all give themselves the role back.
 * Throws NOT_FOUND, FORBIDDEN or ORGANIZATION_SUSPENDED.
 */
export async function lockOrganizationAs(
  tx: Prisma.TransactionClient,
  { account }: Caller,
  id: number,
): Promise<Access> {
  await lockOrganization(tx, id);
  const access = await findAccess(tx, account.id, id);
  if (!access) throw notFound('Organization');
  const allowed = mayChange(access);
  if (allowed !== true) throw allowed;
  return access;
}

/** Locks the organization of an account if it has one: what is being bound to it or offered in it is found afterwards. */
export async function lockOwn(tx: Prisma.TransactionClient, ownerId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Organization" SET "lockSequence" = "lockSequence" + 1 WHERE "ownerId" = ${ownerId}`;
}
