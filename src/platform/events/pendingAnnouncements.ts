import type { Log } from '../log/log.ts';

const MAX_WAITING = 10_000;
const RETRY_MS = 500;

/** Texts on their way to the other processes, in order. */
export interface PendingAnnouncements {
  /**
   * Resolves when the text is sent, with the number of other processes that get it, or with 0 when it has failed for
   * the first time and waits for the connection.
   */
  send(text: string): Promise<number>;
  /** Tries again now what waits. */
  retry(): void;
  /** True while something waits because sending failed. */
  isStalled(): boolean;
  /** Waits until nothing waits any more, at most `timeoutMs`; then drops the rest. */
  close(timeoutMs: number): Promise<void>;
}

interface Entry {
  readonly text: string;
  readonly settle: (listeners: number) => void;
}

/**
 * Makes the queue. A text that cannot be sent is kept: a revocation must also reach the instances whose own connection
 * never broke and that therefore do not know that they missed something.
 */
export function createPendingAnnouncements(
  log: Log,
  transmit: (text: string) => Promise<number>,
): PendingAnnouncements {
  const entries: Entry[] = [];
  let isSending = false;
  let isStalled = false;
  let timer: NodeJS.Timeout | undefined;
  let onEmpty = () => {};

  async function work(): Promise<void> {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    try {
      for (let entry = entries[0]; entry !== undefined; entry = entries[0]) {
        entry.settle(await transmit(entry.text));
        if (entries[0] === entry) entries.shift();
      }
      isStalled = false;
      onEmpty();
    } catch (err) {
      stall(err);
    } finally {
      isSending = false;
    }
  }

  function stall(err: unknown): void {
    if (!isStalled) log.warn({ err, events: entries.length }, 'events wait for their connection');
    isStalled = true;
    for (const entry of entries) entry.settle(0);
    timer = setTimeout(() => void work(), RETRY_MS).unref();
  }

  return {
    send(text) {
      return new Promise((settle) => {
        entries.push({ text, settle });
        if (entries.length > MAX_WAITING) {
          entries.shift()?.settle(0);
          log.error('an event was dropped: too many wait for their connection');
        }
        // What comes while the connection is down must not be held up by a try that is sure to fail.
        if (isStalled) settle(0);
        else void work();
      });
    },
    retry: () => void work(),
    isStalled: () => isStalled,
    async close(timeoutMs) {
      if (entries.length > 0) {
        let deadline: NodeJS.Timeout | undefined;
        await new Promise<void>((resolve) => {
          onEmpty = resolve;
          deadline = setTimeout(resolve, timeoutMs);
          void work();
        });
        clearTimeout(deadline);
      }
      clearTimeout(timer);
      entries.length = 0;
    },
  };
}
