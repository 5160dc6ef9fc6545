import { DomainError, toDomainError } from '../../../errors/domainError.ts';

/** How a group commit works. */
export interface GroupCommitOptions<Item, Result> {
  /** Commits the items together; answers a result, or the error, of each, in order. When it throws, nothing was committed. */
  readonly commit: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>;
  /** How long the first of a group waits for others when nothing is being committed. */
  readonly gatherMs: number;
  readonly maxGroup: number;
  /** More than this many waiting are refused: they would wait in vain. */
  readonly maxWaiting: number;
}

/** Commits what arrives together in one transaction. */
export interface GroupCommit<Item, Result> {
  /** Resolves once the item is committed. Throws its own error, or OVERLOADED when too many wait. */
  add(item: Item): Promise<Result>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes a group commit. While one group is being committed the next one gathers, so groups grow with the
 * load. A group that fails as a whole is committed one by one, so that a single bad item fails alone; not when the
 * database cannot be reached, as each of them might wait for its own timeout then.
 */
export function createGroupCommit<Item, Result>({
  commit,
  gatherMs,
  maxGroup,
  maxWaiting,
}: GroupCommitOptions<Item, Result>): GroupCommit<Item, Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let isRunning = false;

  async function settle(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await commit(group.map(({ item }) => item));
      group.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result === undefined || result instanceof Error) reject(result);
        else resolve(result);
      });
    } catch (error) {
      const [only] = group;
      if (group.length === 1) only?.reject(error);
      else if (toDomainError(error).code === 'SERVICE_UNAVAILABLE')
        for (const { reject } of group) reject(error);
      else for (const one of group) await settle([one]);
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.slice(0, maxGroup);
      waiting = waiting.slice(maxGroup);
      await settle(group);
    }
    isRunning = false;
  }

  return {
    add(item) {
      if (waiting.length >= maxWaiting) {
        return Promise.reject(new DomainError('OVERLOADED', { retryAfterSeconds: 1 }));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (isRunning) return;
        isRunning = true;
        setTimeout(() => void run(), gatherMs);
      });
    },
  };
}
