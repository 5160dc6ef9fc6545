const INTERVAL_MS = 2000;
const MAX_SILENCE_MS = 5000;

/** Watches a connection by asking it for a sign of life every two seconds. */
export interface Pulse {
  /** Notes a sign of life that came by other means. */
  beat(): void;
  /** False when the last sign of life is older than five seconds. */
  isAlive(): boolean;
  stop(): void;
}

/**
 * Starts the watch. A network that swallows packets closes no socket: without asking, a listener that hears nothing
 * looks the same as one with nothing to hear, and a revoked key would stay cached.
 */
export function createPulse(ping: () => Promise<void>, onSilence: () => void): Pulse {
  let lastBeatMs = 0;
  let isAsking = false;

  async function ask(): Promise<void> {
    if (isAsking || lastBeatMs === 0) return;
    isAsking = true;
    try {
      await ping();
      lastBeatMs = performance.now();
    } catch {
      onSilence();
    } finally {
      isAsking = false;
    }
  }

  const timer = setInterval(() => void ask(), INTERVAL_MS).unref();
  return {
    beat() {
      lastBeatMs = performance.now();
    },
    isAlive: () => lastBeatMs > 0 && performance.now() - lastBeatMs < MAX_SILENCE_MS,
    stop: () => clearInterval(timer),
  };
}
