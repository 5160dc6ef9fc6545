import { setTimeout as sleep } from 'node:timers/promises';
import type { ActivityAuthMethod, Prisma } from '../../generated/sqlite/client.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Caller } from '../context.ts';
import type { Background } from '../shared/background.ts';
import { type JsonSql, jsonSql } from '../shared/jsonSql.ts';
import { storableJson } from '../shared/storableJson.ts';
import { type Changes, mergeChanges } from './changes.ts';
import { readersOf } from './privacy.ts';

const dayMs = 24 * 3600_000;
const mergeWithinMs = 120_000;
/** What is done within this time is written together, which takes hardly longer than one row. */
const gatherMs = 25;

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

/** Writes the log of what is done in locations. */
export interface ActivityRecorder {
  /** Notes what `caller` did, in the order of the calls; written after the answer. Call it after the commit. */
  record(caller: Caller, ...entries: readonly ActivityEntry[]): void;
}

interface Waiting extends ActivityEntry {
  readonly accountId: string | null;
  readonly userName: string;
  readonly authMethod: ActivityAuthMethod | null;
  readonly apiKeyId: string | null;
  readonly apiKeyName: string | null;
  readonly createdAt: Date;
}

type Row = Omit<Waiting, 'isPrivate'> & { readonly onlyForId: string | null };

function actorOf({ account, credential }: Caller) {
  return {
    accountId: credential.kind === 'OPERATOR' ? null : account.id,
    userName: account.email,
    authMethod: credential.kind === 'OPERATOR' ? null : credential.kind,
    apiKeyId: credential.kind === 'API_KEY' ? credential.id : null,
    apiKeyName: credential.kind === 'API_KEY' ? credential.name : null,
  };
}

function dataOf({ changes, ...row }: Row): Prisma.ActivityCreateManyInput {
  return { ...row, ...(changes && { changes: storableJson(JSON.stringify(changes)) }) };
}

/** What was waiting as it is to be written: rows about a bin are for those who may see the bin. */
async function rowsOf(
  tx: Prisma.TransactionClient,
  json: JsonSql,
  waiting: readonly Waiting[],
): Promise<Row[]> {
  const readers = await readersOf(tx, json, waiting);
  return waiting.map(({ isPrivate = false, ...row }) => {
    const ofBin = row.entityId == null ? undefined : readers.get(row.entityId);
    return { ...row, onlyForId: ofBin === undefined && isPrivate ? (row.accountId ?? '') : (ofBin ?? null) };
  });
}

/**
 * Joins an update of a bin to the newest update of the same bin by the same person in the same way,
 * when that was less than two minutes ago. False when there is none.
 */
async function joinToNewest(tx: Prisma.TransactionClient, row: Row): Promise<boolean> {
  const { locationId, entityType, entityId, accountId, authMethod, createdAt, onlyForId } = row;
  if (entityType !== 'bin' || row.action !== 'update' || !entityId || !row.changes) return false;
  const newest = await tx.activity.findFirst({
    where: { locationId, entityType, entityId, action: 'update' },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  if (newest?.accountId !== accountId || newest.authMethod !== authMethod) return false;
  if (createdAt.getTime() - newest.createdAt.getTime() > mergeWithinMs) return false;
  const changes = mergeChanges((newest.changes ?? {}) as Changes, row.changes);
  if (changes === undefined) return false;
  const where = { id: newest.id };
  if (changes === null) await tx.activity.delete({ where });
  else {
    await tx.activity.update({
      where,
      data: {
        changes: storableJson(JSON.stringify(changes)),
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

/** Makes the recorder; one writer a process keeps the order of what was done. */
export function createActivityRecorder(database: Database, background: Background): ActivityRecorder {
  const json = jsonSql(database);
  let waiting: Waiting[] = [];
  let writing: Promise<void> = Promise.resolve();
  let lastMs = 0;

  async function write(): Promise<void> {
    const rows = waiting;
    waiting = [];
    for (const locationId of new Set(rows.map((row) => row.locationId))) {
      const own = rows.filter((row) => row.locationId === locationId);
      await database.db.$transaction((tx) => writeForLocation(tx, json, locationId, own));
    }
  }

  return {
    record(caller, ...entries) {
      if (waiting.length === 0) {
        background.run('write activity', () => {
          writing = writing
            .catch(() => {})
            .then(() => sleep(gatherMs))
            .then(write);
          return writing;
        });
      }
      for (const entry of entries) {
        // Never twice the same moment, so that the log's order is the order in which things were done.
        lastMs = Math.max(Date.now(), lastMs + 1);
        waiting.push({ ...entry, ...actorOf(caller), createdAt: new Date(lastMs) });
      }
    },
  };
}
