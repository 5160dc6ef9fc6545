import { randomUUID } from 'node:crypto';
import type { JsonValue } from './events.ts';

/** How long a process that does not answer is waited for: it may be gone, and its connection not yet closed. */
const PATIENCE_MS = 1000;

/** What other processes say when they have handled a message. */
export interface Receipts {
  /**
   * Sends by `send`, which gets the text to be returned by each process and answers how many will; resolves when that
   * many have, or after a second.
   */
  await(send: (receipt: string) => Promise<number>): Promise<void>;
  /** Takes in one that came from a process; a second one from it does not count. */
  arrived(receipt: JsonValue, origin: string): void;
}

/** Makes an empty collection. */
export function createReceipts(): Receipts {
  const arrivals = new Map<JsonValue, (origin: string) => void>();

  return {
    async await(send) {
      const receipt = randomUUID();
      const arrived = new Set<string>();
      let wanted = Number.POSITIVE_INFINITY;
      let finish = () => {};
      const complete = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const look = () => arrived.size >= wanted && finish();
      // Before sending: the fastest answers come before it is known how many there will be.
      arrivals.set(receipt, (origin) => {
        arrived.add(origin);
        look();
      });
      let patience: NodeJS.Timeout | undefined;
      try {
        wanted = await send(receipt);
        patience = setTimeout(finish, PATIENCE_MS);
        look();
        await complete;
      } finally {
        clearTimeout(patience);
        arrivals.delete(receipt);
      }
    },
    arrived: (receipt, origin) => arrivals.get(receipt)?.(origin),
  };
}
