import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import {
  type BinItem,
  type BinVisibility,
  type LocationRole,
  Prisma,
  type PrismaClient,
} from '../../../generated/sqlite/client.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { allowedBins } from '../bin/visible.ts';
import { lockLocation } from '../location/roles.ts';

const { sql } = Prisma;

type Tx = Prisma.TransactionClient;

/** An item that a bulk operation works on. */
export interface SelectedItem extends Pick<BinItem, 'id' | 'binId' | 'locationId' | 'quantity'> {
  /** The caller's, in the item's location. */
  readonly role: LocationRole;
  /** That of its bin. */
  readonly visibility: BinVisibility;
}

/** Items of one location, and the caller, who is a member of it. */
export interface Selection {
  readonly caller: Caller;
  readonly locationId: string;
  readonly ids: readonly string[];
  /** True for items that are deleted and may be restored. */
  readonly deleted: boolean;
}

/** The items of live bins that somebody may see, in the order of `ids`; others are left out. */
function readItems(
  { services }: GraphContext,
  db: PrismaClient | Tx,
  accountId: string,
  ids: readonly string[],
  deleted: boolean,
): Promise<SelectedItem[]> {
  const json = jsonSql(services.database);
  const ofCaller = sql`m."locationId" = b."locationId" AND m."accountId" = ${accountId}`;
  return db.$queryRaw<SelectedItem[]>`
    SELECT i."id", i."binId", i."locationId", i."quantity", m."role", b."visibility"
    FROM ${json.rows(ids)} s
    ${json.lookUp('BinItem', 'i', sql`i."id" = s."value"`)}
    ${json.lookUp('Bin', 'b', sql`b."id" = i."binId"`)}
    ${json.lookUp('Membership', 'm', ofCaller)}
    WHERE i."deletedAt" IS ${deleted ? sql`NOT NULL` : sql`NULL`}
      AND b."deletedAt" IS NULL AND ${allowedBins(accountId)}
    ORDER BY s."at"`;
}

/**
 * What is left of a selection without ids that are unknown or invisible; undefined when nothing is.
 * Throws INVALID_INPUT for items of several locations, FORBIDDEN for a viewer of theirs (OpenBin 25.1).
 */
export async function accessItems(
  context: GraphContext,
  ids: readonly string[],
  { deleted = false } = {},
): Promise<Selection | undefined> {
  const caller = requireCaller(context);
  const items = await readItems(context, context.db, caller.account.id, ids, deleted);
  const [first] = items;
  if (!first) return undefined;
  const { locationId, role } = first;
  if (items.some((item) => item.locationId !== locationId))
    throw invalid('ids', 'mismatch', 'must be items of one location');
  if (role === 'VIEWER') throw new DomainError('FORBIDDEN');
  return { caller, locationId, ids, deleted };
}

/**
 * Locks the location and reads a selection again: what others have removed meanwhile is gone from it.
 * `lock` is `lockLocationKeepingVersion` for what no search looks at.
 */
export async function lockItems(
  tx: Tx,
  context: GraphContext,
  { caller, locationId, ids, deleted }: Selection,
  lock = lockLocation,
): Promise<SelectedItem[]> {
  await lock(tx, locationId);
  const items = await readItems(context, tx, caller.account.id, ids, deleted);
  if (items.some((item) => item.locationId === locationId && item.role === 'VIEWER'))
    throw new DomainError('FORBIDDEN');
  return items.filter((item) => item.locationId === locationId);
}
