import { DomainError, notFound } from '../../../errors/domainError.ts';
import { type BinVisibility, type LocationRole, Prisma } from '../../../generated/sqlite/client.ts';
import { type Sql, sqlOf, type Transaction } from '../../../platform/database/sql.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { lockLocation } from '../location/roles.ts';
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
interface Relation {
  readonly caller: Caller;
  /** The caller's role in the bin's location. */
  readonly role: LocationRole;
  readonly bin: BinHead;
}

/** A bin that the caller may see, with what `lockBin` will ask once more. */
export interface BinAccess extends Relation {
  readonly inTrash: boolean;
  /** The rule that was asked last. Throws FORBIDDEN. */
  readonly rule: (relation: Relation) => void;
}

type Found = BinHead & { readonly role: LocationRole; readonly live: boolean | number };

async function find({ rows }: Pick<Sql, 'rows'>, id: string, accountId: string): Promise<Found | undefined> {
  const [found] = await rows<Found>(Prisma.sql`
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
  const found = await find({ rows: context.services.database.read }, id, caller.account.id);
  if (!found || Boolean(found.live) === trash) throw notFound('Bin');
  const { role, live: _, ...bin } = found;
  return { caller, role, bin, inTrash: trash, rule: () => {} };
}

/**
 * Looks at a bin again in the turn of its location: while a request waits for its turn the bin may have
 * become somebody's own, and the caller nobody there. Answers the bin as it is then, and stays until the
 * end of the transaction. Throws NOT_FOUND or FORBIDDEN.
 */
export async function lookAgain(
  tx: Transaction,
  { caller, bin: { id, locationId }, inTrash, rule }: BinAccess,
): Promise<BinHead> {
  const found = await find(sqlOf(tx), id, caller.account.id);
  if (found?.locationId !== locationId || Boolean(found.live) === inTrash) throw notFound('Bin');
  const { role, live: _, ...bin } = found;
  rule({ caller, role, bin });
  return bin;
}

/** Takes the turn of a bin's location and looks at the bin again, as `lookAgain`. Throws NOT_FOUND or FORBIDDEN. */
export async function lockBin(tx: Transaction, access: BinAccess, lock = lockLocation): Promise<BinHead> {
  await lock(tx, access.bin.locationId);
  return lookAgain(tx, access);
}

function passing(access: BinAccess, rule: BinAccess['rule']): BinAccess {
  rule(access);
  return { ...access, rule };
}

function assertMember({ role }: Relation): void {
  if (role === 'VIEWER') throw new DomainError('FORBIDDEN');
}

function assertAdmin({ role }: Relation): void {
  if (role !== 'ADMIN') throw new DomainError('FORBIDDEN');
}

function assertEditor({ role, bin, caller }: Relation): void {
  if (role === 'ADMIN') return;
  if (role !== 'MEMBER' || bin.createdById !== caller.account.id) throw new DomainError('FORBIDDEN');
}

/** Throws FORBIDDEN unless the caller is a member or an administrator of the bin's location. */
export const requireMember = (access: BinAccess): BinAccess => passing(access, assertMember);

/** Throws FORBIDDEN unless the caller administers the bin's location. */
export const requireAdmin = (access: BinAccess): BinAccess => passing(access, assertAdmin);

/** Throws FORBIDDEN unless the caller administers the location, or is a member who made the bin (OpenBin 6). */
export const requireEditor = (access: BinAccess): BinAccess => passing(access, assertEditor);
