import { DomainError } from '../../../errors/domainError.ts';

/** How many works may wait for one key. */
const maxWorks = 100;

/** Runs works of the same key one after the other, in the order in which they came; throws OVERLOADED for too many. */
export type KeyedMutex = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/** Makes a keyed mutex. */
export function createKeyedMutex(): KeyedMutex {
  const queues = new Map<string, { end: Promise<unknown>; works: number }>();
  return async (key, work) => {
    const queue = queues.get(key) ?? { end: Promise.resolve(), works: 0 };
    if (queue.works >= maxWorks) throw new DomainError('OVERLOADED', { retryAfterSeconds: 1 });
    queues.set(key, queue);
    queue.works += 1;
    const done = queue.end.then(work);
    queue.end = done.catch(() => undefined);
    try {
      return await done;
    } finally {
      queue.works -= 1;
      if (queue.works === 0) queues.delete(key);
    }
  };
}
