import type { ApiKeyFormat, Plan } from '../../../generated/sqlite/client.ts';

/** How much of each thing a plan allows at once; null is unlimited (Binboi contract 1.4). */
export interface PlanLimits {
  readonly maxApiKeys: number | null;
  readonly maxTunnels: number | null;
}

const byPlan: Record<Plan, PlanLimits> = {
  FREE: { maxApiKeys: 3, maxTunnels: 1 },
  PRO: { maxApiKeys: 25, maxTunnels: 10 },
  SCALE: { maxApiKeys: null, maxTunnels: null },
};

/** The limits of a plan. */
export function limitsOf(plan: Plan): PlanLimits {
  return byPlan[plan];
}

/** Bounds what no plan limits: each key has limits of its own, so that keys without end are calls without end. */
const maxUnlimitedKeys = 1000;

/**
 * How many active keys of a format a plan allows. Only Binboi's contract sells keys by plan; OpenBin's names a
 * fixed number (18), the others name none.
 */
export function maxActiveKeys(plan: Plan, format: ApiKeyFormat): number {
  if (format === 'BINBOI') return limitsOf(plan).maxApiKeys ?? maxUnlimitedKeys;
  return format === 'OPENBIN' ? 10 : 25;
}
