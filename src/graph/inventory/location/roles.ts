import { DomainError } from '../../../errors/domainError.ts';
import { type LocationRole, Prisma } from '../../../generated/sqlite/client.ts';
import { type Sql, sqlOf, type Transaction } from '../../../platform/database/sql.ts';
import { builder } from '../../core/builder.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';

/** From the one who may least to the one who may most. */
const rank: Record<LocationRole, number> = { VIEWER: 0, MEMBER: 1, ADMIN: 2 };

export const LocationRoleEnum = builder.enumType('LocationRole', {
  description: 'What somebody may do in a location.',
  values: {
    ADMIN: { description: 'Everything.' },
    MEMBER: { description: 'Keep things there.' },
    VIEWER: { description: 'Look.' },
  } satisfies Record<LocationRole, unknown>,
});

/** The role of an account in a location as a transaction sees it; null for somebody who does not belong to it. */
export async function roleOf(
  db: Prisma.TransactionClient,
  locationId: string,
  accountId: string,
): Promise<LocationRole | null> {
  const membership = await db.membership.findUnique({
    where: { locationId_accountId: { locationId, accountId } },
    select: { role: true },
  });
  return membership?.role ?? null;
}

/** Throws FORBIDDEN unless somebody has at least this role in the location. */
export async function assertRole(
  { rows }: Pick<Sql, 'rows'>,
  { account }: Caller,
  locationId: string,
  least: LocationRole,
): Promise<void> {
  const [membership] = await rows<{ readonly role: LocationRole }>(Prisma.sql`
    SELECT "role" FROM "Membership" WHERE "locationId" = ${locationId} AND "accountId" = ${account.id}`);
  if (!membership || rank[membership.role] < rank[least]) throw new DomainError('FORBIDDEN');
}

/**
 * The caller, who must have at least this role in the location. Throws FORBIDDEN, also where there
 * is no such location: who may not see it shall not learn whether it exists.
 */
export async function requireRole(
  context: GraphContext,
  locationId: string,
  least: LocationRole,
): Promise<Caller> {
  const caller = requireCaller(context);
  await assertRole({ rows: context.services.database.read }, caller, locationId, least);
  return caller;
}

/**
 * Makes transactions that count and then write in one location take turns (see `lockAccount`). What
 * it raises is also the version of what is searched: whatever changes the words of bins begins with it.
 * In SQL because Prisma would raise `updatedAt` with it. Throws FORBIDDEN when the location is gone.
 */
export async function lockLocation(tx: Transaction, id: string): Promise<void> {
  const count = await sqlOf(tx).run(Prisma.sql`
    UPDATE "Location" SET "lockSequence" = "lockSequence" + 1 WHERE "id" = ${id}`);
  if (count !== 1) throw new DomainError('FORBIDDEN');
}

/**
 * Takes the turn of a location for somebody, and looks at their role again: who has been removed while
 * the request waited must not write. `lock` is `lockLocationKeepingVersion` for what no search looks at. Throws FORBIDDEN.
 */
export async function lockLocationAs(
  tx: Transaction,
  caller: Caller,
  locationId: string,
  least: LocationRole,
  lock = lockLocation,
): Promise<void> {
  await lock(tx, locationId);
  await assertRole(sqlOf(tx), caller, locationId, least);
}

/** The same for what no search looks at: it leaves the version as it is. Throws FORBIDDEN when the location is gone. */
export async function lockLocationKeepingVersion(tx: Transaction, id: string): Promise<void> {
  const count = await sqlOf(tx).run(Prisma.sql`
    UPDATE "Location" SET "lockSequence" = "lockSequence" WHERE "id" = ${id}`);
  if (count !== 1) throw new DomainError('FORBIDDEN');
}
