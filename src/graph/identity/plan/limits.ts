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

/**
 * How many active keys of a format a plan allows; null is unlimited. Only Binboi's contract sells
 * keys by plan. The others name a fixed number or none, and there the cap only stops a flood.
 */
export function maxActiveKeys(plan: Plan, format: ApiKeyFormat): number | null {
  if (format === 'BINBOI') return limitsOf(plan).maxApiKeys;
  return format === 'OPENBIN' ? 10 : 100;
}
