import { setTimeout as sleep } from 'node:timers/promises';
import { isDriverAdapterError } from '@prisma/driver-adapter-utils';

const longestWaitMs = 5_000;

/** The adapter's name for SQLITE_BUSY: another connection holds the lock. */
const isBusy = (error: unknown) => isDriverAdapterError(error) && error.cause.kind === 'SocketTimeout';

/**
 * Runs `attempt` until another process has let go of the lock, for 5 s at the most.
 * SQLite's own busy_timeout would wait too, but with the event loop stopped: no request would be
 * answered meanwhile, and a lock held by this very process could never be given back.
 */
export async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
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
