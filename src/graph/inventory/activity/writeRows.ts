import { toDomainError } from '../../../errors/domainError.ts';
import type { ActivityAuthMethod, Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import { newId } from '../../core/newId.ts';
import { type Changes, mergeChanges } from './changes.ts';
import { deletedPerson } from './forget.ts';
import { readersOf } from './privacy.ts';

const dayMs = 24 * 3600_000;
const mergeWithinMs = 120_000;

/** Something that was done and committed. */
export interface ActivityEntry {
  readonly locationId: string;
  readonly action: string;
  readonly entityType: string;
  readonly entityId?: string | null;
  readonly entityName?: string | null;
  readonly changes?: Changes | undefined;
  /** Whether it tells of a private bin and is for the caller alone; what the bin is at writing goes before. */
  readonly isPrivate?: boolean;
}

/** An entry with who did it and when, not written yet. */
export interface Waiting extends ActivityEntry {
  readonly accountId: string | null;
  readonly userName: string;
  readonly authMethod: ActivityAuthMethod | null;
  readonly apiKeyId: string | null;
  readonly apiKeyName: string | null;
  readonly createdAt: Date;
}

type Row = Omit<Waiting, 'isPrivate'> & { readonly onlyForId: string | null };

function dataOf({ changes, ...row }: Row): Prisma.ActivityCreateManyInput {
  return { id: newId(), ...row, ...(changes && { changes: changes as Prisma.InputJsonObject }) };
}

/**
 * What was waiting as it is to be written: rows about a bin are for those who may see the bin. Of one that is gone
 * the last that is known counts: private as soon as one of the rows says so, also for those of before.
 */
async function rowsOf(
  tx: Prisma.TransactionClient,
  json: JsonSql,
  waiting: readonly Waiting[],
): Promise<Row[]> {
  const readers = await readersOf(tx, json, waiting);
  // Only its maker does anything to a private bin.
  const makers = new Map(
    waiting.flatMap(({ isPrivate, entityType, entityId, accountId }) =>
      isPrivate && entityType === 'bin' && entityId ? [[entityId, accountId ?? '']] : [],
    ),
  );
  return waiting.map(({ isPrivate = false, ...row }) => {
    const id = row.entityId ?? '';
    const own = isPrivate ? (row.accountId ?? '') : null;
    return { ...row, onlyForId: readers.has(id) ? (readers.get(id) ?? null) : (makers.get(id) ?? own) };
  });
}

/**
 * Joins an update of a bin to the newest update of the same bin by the same person in the same way,
 * when that was less than two minutes ago, whatever others did in between. False when there is none.
 */
async function joinToNewest(tx: Prisma.TransactionClient, row: Row): Promise<boolean> {
  const { locationId, entityType, entityId, accountId, authMethod, createdAt, onlyForId } = row;
  if (entityType !== 'bin' || row.action !== 'update' || !entityId || !row.changes) return false;
  // Nobody knows whether two who are gone were the same.
  if (accountId === null) return false;
  const newest = await tx.activity.findFirst({
    where: { locationId, entityType, entityId, action: 'update', accountId, authMethod },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  if (!newest) return false;
  if (createdAt.getTime() - newest.createdAt.getTime() > mergeWithinMs) return false;
  const changes = mergeChanges((newest.changes ?? {}) as Changes, row.changes);
  if (changes === undefined) return false;
  const where = { id: newest.id };
  if (changes === null) await tx.activity.delete({ where });
  else {
    await tx.activity.update({
      where,
      data: {
        changes: changes as Prisma.InputJsonObject,
        createdAt,
        entityName: row.entityName ?? null,
        onlyForId,
      },
    });
  }
  return true;
}

/**
 * Writes rows of one location in its turn: nobody merges into the same rows on another instance
 * meanwhile, nor makes a bin private between the look at it and the writing.
 */
async function writeForLocation(
  tx: Prisma.TransactionClient,
  json: JsonSql,
  locationId: string,
  waiting: readonly Waiting[],
): Promise<void> {
  const [location] = await tx.$queryRaw<{ activityRetentionDays: number }[]>`
    UPDATE "Location" SET "lockSequence" = "lockSequence" WHERE "id" = ${locationId}
    RETURNING "activityRetentionDays"`;
  // Deleted since, and its log with it.
  if (!location) return;
  let batch: Row[] = [];
  const flush = async () => {
    if (batch.length > 0) await tx.activity.createMany({ data: batch.map(dataOf) });
    batch = [];
  };
  for (const row of await rowsOf(tx, json, waiting)) {
    const mayJoin = row.entityType === 'bin' && row.action === 'update';
    // What may be joined must be in the table.
    if (mayJoin) await flush();
    if (!mayJoin || !(await joinToNewest(tx, row))) batch.push(row);
  }
  await flush();
  const oldest = new Date(Date.now() - location.activityRetentionDays * dayMs);
  await tx.activity.deleteMany({ where: { locationId, createdAt: { lt: oldest } } });
}

/** The same rows, by nobody where the account of who did it was deleted since: what was done is still told. */
async function clearDeletedActors(db: PrismaClient, waiting: readonly Waiting[]): Promise<Waiting[]> {
  const ids = new Set(waiting.flatMap(({ accountId }) => accountId ?? []));
  const found = await db.account.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  const present = new Set(found.map(({ id }) => id));
  return waiting.map((row) =>
    row.accountId === null || present.has(row.accountId)
      ? row
      : { ...row, accountId: null, userName: deletedPerson },
  );
}

/** Writes what was done in one location, in its order, and forgets what is older than the location keeps. */
export async function writeRows(
  db: PrismaClient,
  json: JsonSql,
  locationId: string,
  waiting: readonly Waiting[],
): Promise<void> {
  for (let rows = waiting; ; ) {
    try {
      return await db.$transaction((tx) => writeForLocation(tx, json, locationId, rows));
    } catch (error) {
      if (toDomainError(error).code !== 'NOT_FOUND') throw error;
      // Refused because the account of one of them was deleted: the rows of the others must not be lost with it.
      // Another may go before they are written, so this goes on while each time one more is gone.
      const left = await clearDeletedActors(db, rows);
      if (left.every((row, at) => row === rows[at])) throw error;
      rows = left;
    }
  }
}
