import type { Log } from './log.ts';

const everyMs = 5000;

/**
 * Returns a function that logs an error as a warning, at most once in five seconds, with how many were left out since
 * the last line: an outage fails every request, and a line for each hides what else happens. The line has the error's
 * code instead of its stack, which only shows the driver's inside.
 */
export function createThrottledWarning(log: Log, message: string): (error: Error) => void {
  let loggedAtMs = Number.NEGATIVE_INFINITY;
  let suppressed = 0;
  return (error) => {
    const nowMs = performance.now();
    if (nowMs - loggedAtMs < everyMs) {
      suppressed++;
      return;
    }
    loggedAtMs = nowMs;
    const { code, message: text } = error as NodeJS.ErrnoException;
    log.warn({ reason: code ?? text, suppressed }, message);
    suppressed = 0;
  };
}
