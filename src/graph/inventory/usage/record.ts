import type { PrismaClient } from '../../../generated/sqlite/client.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { isJsonObject } from '../../core/isJsonObject.ts';

/** What counts as using a bin, with the preference that switches it and whether it counts without one (OpenBin 19). */
const triggers = {
  SCAN: { preference: 'usage_tracking_scan', otherwise: true },
  MANUAL: { preference: 'usage_tracking_manual_lookup', otherwise: true },
  MODIFY: { preference: 'usage_tracking_modify', otherwise: true },
  VIEW: { preference: 'usage_tracking_view', otherwise: false },
} as const;

/** Why a bin counts as used. */
export type UsageTrigger = keyof typeof triggers;

async function wanted(db: PrismaClient, accountId: string, trigger: UsageTrigger): Promise<boolean> {
  const { preference, otherwise } = triggers[trigger];
  const row = await db.accountSettings.findUnique({
    where: { accountId_kind: { accountId, kind: 'PREFERENCES' } },
  });
  const value = isJsonObject(row?.value) ? row.value[preference] : undefined;
  return typeof value === 'boolean' ? value : otherwise;
}

/** One more use of a bin on the day of `now` in UTC. */
async function countUse(db: PrismaClient, binId: string, now: Date): Promise<void> {
  const day = now.toISOString().slice(0, 10);
  // One statement (INSERT … ON CONFLICT): two first uses of a day both count.
  await db.binUsage.upsert({
    where: { binId_day: { binId, day } },
    create: { binId, day, count: 1 },
    update: { count: { increment: 1 } },
    select: { binId: true },
  });
}

/** Counts a use of a bin unless the caller's preferences say no; answers whether it was counted. */
export async function recordUse(
  { db }: GraphContext,
  { account }: Caller,
  binId: string,
  trigger: UsageTrigger,
): Promise<boolean> {
  if (!(await wanted(db, account.id, trigger))) return false;
  await countUse(db, binId, new Date());
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
