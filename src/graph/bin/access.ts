import { DomainError } from '../../errors/domainError.ts';
import { type BinVisibility, type LocationRole, Prisma } from '../../generated/sqlite/client.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Caller, GraphContext } from '../context.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { allowedBins } from './visible.ts';

/** What the rules of a bin look at. */
export interface BinHead {
  readonly id: string;
  readonly locationId: string;
  readonly name: string;
  readonly shortCode: string;
  readonly areaId: string | null;
  readonly visibility: BinVisibility;
  readonly createdById: string | null;
}

/** A bin, and what the caller is to it. */
export interface BinAccess {
  readonly caller: Caller;
  /** The caller's role in the bin's location. */
  readonly role: LocationRole;
  readonly bin: BinHead;
}

type Found = BinHead & { readonly role: LocationRole; readonly live: boolean | number };

async function find(database: Database, id: string, accountId: string): Promise<Found | undefined> {
  const [found] = await database.read<Found>(Prisma.sql`
    SELECT b."id", b."locationId", b."name", b."shortCode", b."areaId", b."visibility", b."createdById",
           m."role", b."deletedAt" IS NULL AS "live"
    FROM "Bin" b
    JOIN "Membership" m ON m."locationId" = b."locationId" AND m."accountId" = ${accountId}
    WHERE b."id" = ${id} AND ${allowedBins(accountId)}`);
  return found;
}

/**
 * A live bin that the caller may see, in one statement. Throws NOT_FOUND for any other, so that nobody
 * learns of other people's bins; one in the trash counts as unknown unless `trash` asks for just those.
 */
export async function accessBin(
  context: GraphContext,
  id: string,
  { trash = false } = {},
): Promise<BinAccess> {
  const caller = requireCaller(context);
  const found = await find(context.services.database, id, caller.account.id);
  if (!found || Boolean(found.live) === trash) throw new DomainError('NOT_FOUND');
  const { role, live: _, ...bin } = found;
  return { caller, role, bin };
}

/** Throws FORBIDDEN unless the caller is a member or an administrator of the bin's location. */
export function requireMember({ role }: BinAccess): void {
  if (role === 'VIEWER') throw new DomainError('FORBIDDEN');
}

/** Throws FORBIDDEN unless the caller administers the bin's location. */
export function requireAdmin({ role }: BinAccess): void {
  if (role !== 'ADMIN') throw new DomainError('FORBIDDEN');
}

/** Throws FORBIDDEN unless the caller administers the location, or is a member who made the bin (OpenBin 6). */
export function requireEditor({ role, bin, caller }: BinAccess): void {
  if (role === 'ADMIN') return;
  if (role !== 'MEMBER' || bin.createdById !== caller.account.id) throw new DomainError('FORBIDDEN');
}
