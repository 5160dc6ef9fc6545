/** Work that is tried several times in the background. */
export interface RetryQueue<T> {
  /** Takes an item; false when the queue is full. */
  add(item: T): boolean;
  /** Items taken and not yet finished. */
  pending(): number;
  /** Shortens all pauses and waits until nothing is pending, at most `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
}

/** How a queue works. */
export interface RetryQueueOptions<T> {
  /** One try; resolves to what is to happen next. Must not reject. */
  readonly attempt: (item: T, tries: number) => Promise<'done' | 'again'>;
  readonly concurrency: number;
  readonly maxPending: number;
  /** Doubles with each try; up to a quarter is added, so that mails that failed together do not return together. */
  readonly firstPauseMs: number;
}

interface Job<T> {
  readonly item: T;
  tries: number;
}

const DRAIN_PAUSE_MS = 200;

/** Makes a queue that holds at most `maxPending` items in memory. */
export function createRetryQueue<T>(options: RetryQueueOptions<T>): RetryQueue<T> {
  const ready: Job<T>[] = [];
  const paused = new Map<Job<T>, NodeJS.Timeout>();
  let onIdle: (() => void)[] = [];
  let running = 0;
  let isDraining = false;

  const pending = () => ready.length + paused.size + running;

  function start(): void {
    while (running < options.concurrency) {
      const job = ready.shift();
      if (job === undefined) break;
      running += 1;
      void work(job);
    }
    if (pending() > 0) return;
    for (const wake of onIdle) wake();
    onIdle = [];
  }

  async function work(job: Job<T>): Promise<void> {
    job.tries += 1;
    const next = await options.attempt(job.item, job.tries);
    running -= 1;
    if (next === 'again') pause(job);
    start();
  }

  function pause(job: Job<T>): void {
    const fullMs = options.firstPauseMs * 2 ** (job.tries - 1) * (1 + Math.random() / 4);
    const pauseMs = isDraining ? Math.min(fullMs, DRAIN_PAUSE_MS) : fullMs;
    // A mail that waits for its next try keeps no process alive; `drain` is what waits.
    paused.set(job, setTimeout(() => resume(job), pauseMs).unref());
  }

  function resume(job: Job<T>): void {
    clearTimeout(paused.get(job));
    paused.delete(job);
    ready.push(job);
    start();
  }

  return {
    add(item) {
      if (pending() >= options.maxPending) return false;
      ready.push({ item, tries: 0 });
      start();
      return true;
    },
    pending,
    async drain(timeoutMs) {
      isDraining = true;
      for (const job of [...paused.keys()]) resume(job);
      if (pending() === 0) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        onIdle.push(resolve);
        timer = setTimeout(resolve, timeoutMs);
      });
      clearTimeout(timer);
    },
  };
}
