import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../../platform/database/database.ts';
import type { Background } from '../../core/background.ts';
import type { Caller } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { type ActivityEntry, type Waiting, writeRows } from './writeRows.ts';

/** What is done within this time is written together, which takes hardly longer than one row. */
const gatherMs = 25;

/** Writes the log of what is done in locations. */
export interface ActivityRecorder {
  /** Notes what `caller` did, in the order of the calls; written after the answer. Call it after the commit. */
  record(caller: Caller, ...entries: readonly ActivityEntry[]): void;
}

function actorOf({ account, credential }: Caller) {
  return {
    accountId: credential.kind === 'OPERATOR' ? null : account.id,
    userName: account.email,
    authMethod: credential.kind === 'OPERATOR' ? null : credential.kind,
    apiKeyId: credential.kind === 'API_KEY' ? credential.id : null,
    apiKeyName: credential.kind === 'API_KEY' ? credential.name : null,
  };
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
    const failures: unknown[] = [];
    for (const locationId of new Set(rows.map((row) => row.locationId))) {
      const own = rows.filter((row) => row.locationId === locationId);
      await writeRows(database, json, locationId, own).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0)
      throw new AggregateError(failures, 'The log of some locations was not written', { cause: failures[0] });
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
