import { setImmediate } from 'node:timers/promises';
import { DomainError } from '../../../errors/domainError.ts';

/** How long a work goes on before the process does anything else that waits. */
const sliceMs = 8;
/** How many works of one key may wait; what comes beyond is refused. */
const maxWaiting = 100;

/** What a long work asks as it goes along. */
export interface Pace {
  /** Whether the work has gone on for long enough; ask it once for every few microseconds' work. */
  isDue(): boolean;
  /** Lets go first whatever else waits. */
  rest(): Promise<void>;
}

/** A work's turn. */
export interface Slot {
  /** Resting lets requests go first, and then the works of other keys. */
  readonly pace: Pace;
  /** Resting lets requests go first, but no other work: for what takes memory that no budget counts yet. */
  readonly alone: Pace;
}

/** Lets long works of one process take turns. */
export interface Scheduler {
  /**
   * Runs a work when its turn comes. Works of one key, such as an account's id, go one after the other;
   * keys take turns slice by slice, so that whoever asks for much waits longest. Throws OVERLOADED when
   * too many of the same key wait.
   */
  run<Result>(key: string, work: (slot: Slot) => Promise<Result>): Promise<Result>;
}

/** Calls `visit` for each, resting as the pace asks. */
export async function yieldingEach<Thing>(
  things: Iterable<Thing>,
  pace: Pace,
  visit: (thing: Thing) => void,
): Promise<void> {
  let left = 64;
  for (const thing of things) {
    visit(thing);
    left -= 1;
    if (left === 0) {
      left = 64;
      if (pace.isDue()) await pace.rest();
    }
  }
}

/** Makes the turns of a process. */
export function createScheduler(): Scheduler {
  /** Who waits, by key; the first key is the next one. */
  const waiting = new Map<string, (() => void)[]>();
  let isBusy = false;
  let startedAtMs = 0;
  const isDue = () => performance.now() - startedAtMs >= sliceMs;

  async function giveWay(): Promise<void> {
    await setImmediate();
    startedAtMs = performance.now();
  }

  function passOn(): void {
    const [next] = waiting;
    if (!next) {
      isBusy = false;
      return;
    }
    const [key, queue] = next;
    const go = queue.shift();
    waiting.delete(key);
    if (queue.length > 0) waiting.set(key, queue);
    // Many short works one after the other would be a long one.
    if (isDue()) void giveWay().then(go);
    else go?.();
  }

  function wait(key: string, where: 'first' | 'last'): Promise<void> {
    return new Promise((resolve) => {
      const queue = waiting.get(key) ?? [];
      if (where === 'first') queue.unshift(resolve);
      else queue.push(resolve);
      waiting.set(key, queue);
    });
  }

  async function enter(key: string): Promise<void> {
    if (isBusy) {
      if ((waiting.get(key)?.length ?? 0) >= maxWaiting) {
        throw new DomainError('OVERLOADED', { retryAfterSeconds: 1 });
      }
      return wait(key, 'last');
    }
    isBusy = true;
    startedAtMs = performance.now();
  }

  return {
    async run(key, work) {
      await enter(key);
      try {
        return await work({
          pace: {
            isDue,
            rest() {
              const again = wait(key, 'first');
              passOn();
              return again;
            },
          },
          alone: { isDue, rest: giveWay },
        });
      } finally {
        passOn();
      }
    },
  };
}
