import type { Scenario } from './harness/scenario.ts';
import { heartbeats } from './heartbeats.ts';
import { inventory } from './inventory.ts';
import { loginFlood } from './loginFlood.ts';
import { me, tokens } from './reads.ts';
import { statements } from './statements.ts';

/** What `npm run bench` measures, in this order. */
export const scenarios: readonly Scenario[] = [statements, me, tokens, loginFlood, heartbeats, inventory];
