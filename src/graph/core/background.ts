import { setTimeout as sleep } from 'node:timers/promises';
import { toDomainError } from '../../errors/domainError.ts';
import type { Log } from '../../platform/log/log.ts';

/** Long enough for an answer to be out: of work that depends on a secret fact not even the beginning is in its time. */
export const afterAnswerMs = 50;

/** Runs work after the answer; `drain` waits for it when the server stops. */
export interface Background {
  /** Starts `work` soon, or after `delayMs`; a failure is logged under `name` and goes no further. */
  run(name: string, work: () => Promise<void>, delayMs?: number): void;
  /** Resolves when all work that was started has ended. */
  drain(): Promise<void>;
}

/** Makes the runner of background work. */
export function createBackground(log: Log): Background {
  const running = new Set<Promise<void>>();

  function report(name: string, err: unknown): void {
    // An outage is no fault, and its reason is logged by the database itself.
    if (toDomainError(err).code === 'SERVICE_UNAVAILABLE')
      log.warn({ work: name }, 'background work failed without the database');
    else log.error({ err, work: name }, 'background work failed');
  }

  return {
    run(name, work, delayMs = 0) {
      const start = delayMs > 0 ? sleep(delayMs) : new Promise<void>((resolve) => setImmediate(resolve));
      const done: Promise<void> = start
        .then(work)
        .catch((err: unknown) => report(name, err))
        .finally(() => running.delete(done));
      running.add(done);
    },
    async drain() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
