import { setTimeout as sleep } from 'node:timers/promises';
import { isDriverAdapterError } from '@prisma/driver-adapter-utils';

const longestWaitMs = 5_000;

/** Another connection holds the lock; the adapter has a name of its own for it. */
const isBusy = (error: unknown) =>
  isDriverAdapterError(error)
    ? error.cause.kind === 'SocketTimeout'
    : (error as { code?: string }).code === 'SQLITE_BUSY';

/**
 * Runs `attempt` until another process has let go of the lock, for 5 s at the most.
 * SQLite's own busy_timeout would wait too, but with the event loop stopped: no request would be
 * answered meanwhile, and a lock held by this very process could never be given back.
 */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + longestWaitMs;
  for (let waitMs = 1; ; waitMs = Math.min(waitMs * 2, 25)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
    }
    await sleep(waitMs);
  }
}

/** Lets one at a time through, in the order of asking. */
class Mutex {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when everyone who asked earlier is done; call the answer to be done oneself. */
  async acquire(): Promise<() => void> {
    const before = this.#last;
    let done = () => {};
    this.#last = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    return done;
  }
}

/** The turn to write: of this process by a mutex, and among processes by waiting until SQLite's lock is free. */
export class WriteLock {
  readonly #mutex = new Mutex();

  /**
   * Waits for the turn and runs `begin`, again while another process writes. Returns what ends the turn.
   * Throws what `begin` throws, and SQLITE_BUSY after 5 s.
   */
  async acquire(begin: () => void | Promise<void>): Promise<() => void> {
    const done = await this.#mutex.acquire();
    try {
      await patiently(async () => begin());
      return done;
    } catch (error) {
      done();
      throw error;
    }
  }

  /** Runs one statement in its turn. */
  async run<T>(statement: () => Promise<T>): Promise<T> {
    const done = await this.#mutex.acquire();
    try {
      return await patiently(statement);
    } finally {
      done();
    }
  }
}
