import { DomainError } from '../../errors/domainError.ts';

/** How many works may be in one lane. */
const maxWorks = 100;

/** Runs works of the same key one after the other, in the order in which they came; throws OVERLOADED for too many. */
export type Lanes = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/** Makes lanes. */
export function createLanes(): Lanes {
  const lanes = new Map<string, { end: Promise<unknown>; works: number }>();
  return async (key, work) => {
    const lane = lanes.get(key) ?? { end: Promise.resolve(), works: 0 };
    if (lane.works >= maxWorks) throw new DomainError('OVERLOADED', { retryAfterSeconds: 1 });
    lanes.set(key, lane);
    lane.works += 1;
    const done = lane.end.then(work);
    lane.end = done.catch(() => undefined);
    try {
      return await done;
    } finally {
      lane.works -= 1;
      if (lane.works === 0) lanes.delete(key);
    }
  };
}
