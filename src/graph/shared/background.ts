import type { Log } from '../../platform/log/log.ts';

/** Runs work after the answer; `drain` waits for it when the server stops. */
export interface Background {
  /** Starts `work` soon; a failure is logged under `name` and goes no further. */
  run(name: string, work: () => Promise<void>): void;
  /** Resolves when all work that was started has ended. */
  drain(): Promise<void>;
}

/** Makes the runner of background work. */
export function createBackground(log: Log): Background {
  const running = new Set<Promise<void>>();
  return {
    run(name, work) {
      const done: Promise<void> = new Promise<void>((resolve) => setImmediate(resolve))
        .then(work)
        .catch((err: unknown) => log.error({ err, work: name }, 'background work failed'))
        .finally(() => running.delete(done));
      running.add(done);
    },
    async drain() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
