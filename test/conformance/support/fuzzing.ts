import fc from 'fast-check';
import { apis } from '../../../src/rest/apis/index.ts';

/** LATCHKEY_FUZZ_SEED: what fast-check names as the seed of a failure comes first again. */
const seed = Number(process.env.LATCHKEY_FUZZ_SEED ?? Date.now() % 2 ** 31);
console.info(`Fuzzing with LATCHKEY_FUZZ_SEED=${seed}`);
/** LATCHKEY_FUZZ_SECONDS: how long a run of the suite fuzzes; the APIs and GraphQL share it. */
const shareMs = (Number(process.env.LATCHKEY_FUZZ_SECONDS ?? 5) * 1000) / (apis.length + 1);
/** Requests that all fail at the same check show little: then it goes on, but not for ever. */
const longestMs = shareMs + 120_000;
/** Between them it looks at the clock. fast-check's own limit would leave the last request to disturb the next test. */
const inputsOfRound = 5;

/** Tries inputs for a share of the time, and on until `sawEnough` tells that they have reached enough. */
export async function fuzz<Inputs extends [unknown, ...unknown[]]>(
  inputs: { readonly [at in keyof Inputs]: fc.Arbitrary<Inputs[at]> },
  holds: (...inputs: Inputs) => Promise<void>,
  sawEnough: () => boolean,
): Promise<void> {
  const startMs = performance.now();
  const spentMs = () => performance.now() - startMs;
  for (let round = 0; spentMs() < shareMs || (!sawEnough() && spentMs() < longestMs); round++) {
    await fc.assert(fc.asyncProperty(...inputs, holds), {
      seed: seed + round,
      numRuns: inputsOfRound,
      endOnFailure: true,
    });
  }
}
