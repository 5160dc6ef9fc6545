import { Prisma } from '../../../generated/sqlite/client.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { isJsonObject } from '../../core/isJsonObject.ts';

const { sql } = Prisma;

/** What counts as using a bin, with the preference that switches it and whether it counts without one (OpenBin 19). */
const triggers = {
  SCAN: { preference: 'usage_tracking_scan', otherwise: true },
  MANUAL: { preference: 'usage_tracking_manual_lookup', otherwise: true },
  MODIFY: { preference: 'usage_tracking_modify', otherwise: true },
  VIEW: { preference: 'usage_tracking_view', otherwise: false },
} as const;

/** Why a bin counts as used. */
export type UsageTrigger = keyof typeof triggers;

async function isWanted({ read }: Database, accountId: string, trigger: UsageTrigger): Promise<boolean> {
  const { preference, otherwise } = triggers[trigger];
  const [row] = await read<{ value: unknown }>(sql`
    SELECT "value" FROM "AccountSettings" WHERE "accountId" = ${accountId} AND "kind" = 'PREFERENCES'`);
  const preferences = typeof row?.value === 'string' ? JSON.parse(row.value) : row?.value;
  const value = isJsonObject(preferences) ? preferences[preference] : undefined;
  return typeof value === 'boolean' ? value : otherwise;
}

/** One more use of a bin on the day of `now` in UTC, by one statement: two first uses of a day both count. */
async function countUse({ transact }: Database, binId: string, now: Date): Promise<void> {
  const day = now.toISOString().slice(0, 10);
  await transact(({ run }) =>
    run(sql`
      INSERT INTO "BinUsage" ("binId", "day", "count") VALUES (${binId}, ${day}, 1)
      ON CONFLICT ("binId", "day") DO UPDATE SET "count" = "BinUsage"."count" + 1`),
  );
}

/** Counts a use of a bin unless the caller's preferences say no; answers whether it was counted. */
export async function recordUse(
  { services: { database } }: GraphContext,
  { account }: Caller,
  binId: string,
  trigger: UsageTrigger,
): Promise<boolean> {
  if (!(await isWanted(database, account.id, trigger))) return false;
  await countUse(database, binId, new Date());
  return true;
}

/** The same after the answer, for uses that nobody asks to be counted. */
export function recordUseLater(
  context: GraphContext,
  caller: Caller,
  binId: string,
  trigger: UsageTrigger,
): void {
  context.services.background.run('count the use of a bin', async () => {
    await recordUse(context, caller, binId, trigger);
  });
}
