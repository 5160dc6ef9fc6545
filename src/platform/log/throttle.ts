import type { Log } from './log.ts';

const everyMs = 5000;

/**
 * Returns a function that logs an error as a warning, at most once in five seconds, with how many were left out since
 * the last line: an outage fails every request, and a line with a stack for each hides what else happens.
 */
export function createThrottledWarning(log: Log, message: string): (err: Error) => void {
  let loggedAtMs = Number.NEGATIVE_INFINITY;
  let suppressed = 0;
  return (err) => {
    const nowMs = performance.now();
    if (nowMs - loggedAtMs < everyMs) {
      suppressed++;
      return;
    }
    loggedAtMs = nowMs;
    log.warn({ err, suppressed }, message);
    suppressed = 0;
  };
}
