import type { Bench } from './bench.ts';

/** What a value must reach; `--check` fails when it does not. */
export type Aim = { readonly atLeast: number } | { readonly atMost: number };

/** One line of the report. */
export interface Finding {
  readonly what: string;
  /** The median over the rounds. */
  readonly value: number;
  /** The lowest and the highest of the rounds, where there were several. */
  readonly range?: readonly [number, number];
  readonly aim?: Aim;
  /** What the value was made from, such as `3120 / 5870 req/s`. */
  readonly from?: string;
}

/** One thing worth measuring: a file that exports one of these, and a line in scenarios.ts. */
export interface Scenario {
  /** For `--only`. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** Starts what it compares through `bench`, which also ends it, however this ends. */
  run(bench: Bench): Promise<Finding[]>;
}
