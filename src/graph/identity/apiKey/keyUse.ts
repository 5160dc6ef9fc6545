import type { Database } from '../../../platform/database/database.ts';
import type { Background } from '../../core/background.ts';

const intervalMs = 60_000;
const maxRemembered = 50_000;

/** Notes when keys are used. */
export interface KeyUse {
  /** Notes a use now; at most one write a minute for a key, after the answer. */
  touch(keyId: string): void;
}

/** Writes `lastUsedAt`, many keys in one statement. */
export function createKeyUse(
  database: Database,
  background: Background,
  now: () => number = Date.now,
): KeyUse {
  const writtenAt = new Map<string, number>();
  let due = new Set<string>();

  async function write(): Promise<void> {
    const ids = [...due];
    due = new Set();
    try {
      await database.db.apiKey.updateMany({
        where: { id: { in: ids } },
        data: { lastUsedAt: new Date(now()) },
      });
    } catch (error) {
      // The next use of each is noted at once, not only a minute from now.
      for (const id of ids) writtenAt.delete(id);
      throw error;
    }
  }

  return {
    touch(keyId) {
      const at = now();
      if (at - (writtenAt.get(keyId) ?? 0) < intervalMs) return;
      // Forgetting costs one early write each; remembering for ever would cost memory without end.
      if (writtenAt.size >= maxRemembered) writtenAt.clear();
      writtenAt.set(keyId, at);
      if (due.size === 0) background.run('note key use', write);
      due.add(keyId);
    },
  };
}
