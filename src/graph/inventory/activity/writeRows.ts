import { toDomainError } from '../../../errors/domainError.ts';
import { type ActivityAuthMethod, Prisma, type PrismaClient } from '../../../generated/sqlite/client.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Sql } from '../../../platform/database/sql.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import { newId } from '../../core/newId.ts';
import { type Changes, mergeChanges } from './changes.ts';
import { deletedPerson } from './forget.ts';
import { readersOf } from './privacy.ts';

const { sql, join } = Prisma;

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

const rowsPerInsert = 50;

async function insertRows({ run }: Sql, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsPerInsert) {
    const values = rows.slice(from, from + rowsPerInsert).map((row) => {
      const { locationId, accountId, userName, action, entityType, entityId, entityName, changes } = row;
      const told = [action, entityType, entityId ?? null, entityName ?? null];
      const by = [row.authMethod, row.apiKeyId, row.apiKeyName, row.onlyForId, row.createdAt];
      const json = changes ? JSON.stringify(changes) : null;
      return sql`(${join([newId(), locationId, accountId, userName, ...told, json, ...by])})`;
    });
    await run(sql`
      INSERT INTO "Activity"
        ("id", "locationId", "accountId", "userName", "action", "entityType", "entityId", "entityName", "changes",
         "authMethod", "apiKeyId", "apiKeyName", "onlyForId", "createdAt")
      VALUES ${join(values)}`);
  }
}

/**
 * What was waiting as it is to be written: rows about a bin are for those who may see the bin. Of one that is gone
 * the last that is known counts: private as soon as one of the rows says so, also for those of before.
 */
async function rowsOf(writer: Sql, json: JsonSql, waiting: readonly Waiting[]): Promise<Row[]> {
  const readers = await readersOf(writer, json, waiting);
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
async function joinToNewest(writer: Sql, json: JsonSql, row: Row): Promise<boolean> {
  const { locationId, entityType, entityId, accountId, authMethod, createdAt, onlyForId } = row;
  if (entityType !== 'bin' || row.action !== 'update' || !entityId || !row.changes) return false;
  // Nobody knows whether two who are gone were the same.
  if (accountId === null) return false;
  const sameMethod = authMethod === null ? sql`IS NULL` : sql`= ${authMethod}`;
  const [newest] = await writer.rows<{ id: string; createdAt: string; changes: string | Changes | null }>(sql`
    SELECT a."id", ${json.moment(sql`a."createdAt"`)} AS "createdAt", a."changes" FROM "Activity" a
    WHERE a."locationId" = ${locationId} AND a."entityType" = ${entityType} AND a."entityId" = ${entityId}
      AND a."action" = 'update' AND a."accountId" = ${accountId} AND a."authMethod" ${sameMethod}
    ORDER BY a."createdAt" DESC, a."id" DESC LIMIT 1`);
  if (!newest) return false;
  if (createdAt.getTime() - new Date(newest.createdAt).getTime() > mergeWithinMs) return false;
  const before = typeof newest.changes === 'string' ? JSON.parse(newest.changes) : (newest.changes ?? {});
  const changes = mergeChanges(before, row.changes);
  if (changes === undefined) return false;
  if (changes === null) await writer.run(sql`DELETE FROM "Activity" WHERE "id" = ${newest.id}`);
  else {
    await writer.run(sql`
      UPDATE "Activity" SET "changes" = ${JSON.stringify(changes)}, "createdAt" = ${createdAt},
        "entityName" = ${row.entityName ?? null}, "onlyForId" = ${onlyForId}
      WHERE "id" = ${newest.id}`);
  }
  return true;
}

/**
 * Writes rows of one location in its turn: nobody merges into the same rows on another instance
 * meanwhile, nor makes a bin private between the look at it and the writing.
 */
async function writeForLocation(
  writer: Sql,
  json: JsonSql,
  locationId: string,
  waiting: readonly Waiting[],
): Promise<void> {
  const [location] = await writer.rows<{ activityRetentionDays: number }>(sql`
    UPDATE "Location" SET "lockSequence" = "lockSequence" WHERE "id" = ${locationId}
    RETURNING "activityRetentionDays"`);
  // Deleted since, and its log with it.
  if (!location) return;
  let batch: Row[] = [];
  const flush = async () => {
    await insertRows(writer, batch);
    batch = [];
  };
  for (const row of await rowsOf(writer, json, waiting)) {
    const mayJoin = row.entityType === 'bin' && row.action === 'update';
    // What may be joined must be in the table.
    if (mayJoin) await flush();
    if (!mayJoin || !(await joinToNewest(writer, json, row))) batch.push(row);
  }
  await flush();
  const oldest = new Date(Date.now() - location.activityRetentionDays * dayMs);
  await writer.run(sql`
    DELETE FROM "Activity" WHERE "locationId" = ${locationId} AND "createdAt" < ${oldest}`);
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
  { db, transact }: Pick<Database, 'db' | 'transact'>,
  json: JsonSql,
  locationId: string,
  waiting: readonly Waiting[],
): Promise<void> {
  for (let rows = waiting; ; ) {
    try {
      return await transact((writer) => writeForLocation(writer, json, locationId, rows));
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
