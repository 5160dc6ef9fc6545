import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'express';
import type { Database } from '../platform/database/database.ts';
import type { Metrics } from '../platform/metrics/metrics.ts';
import { serverVersion } from '../version.ts';

const readyWithinMs = 2000;

/** Live: the process answers. Ready: so does the database, and it is not draining. */
export async function answerHealth(
  res: Response,
  kind: 'live' | 'ready',
  database: Database,
  draining: boolean,
) {
  if (kind === 'live') return void res.json({ status: 'live', version: serverVersion });
  const answers = () =>
    database.ping().then(
      () => true,
      () => false,
    );
  // Resolves: a rejection when nothing waits for it any more, as while draining, would end the process.
  const late = sleep(readyWithinMs, false, { ref: false });
  const ready = !draining && (await Promise.race([answers(), late]));
  res.status(ready ? 200 : 503).json({
    status: ready ? 'ready' : draining ? 'draining' : 'database does not answer',
    version: serverVersion,
  });
}

/** Prometheus' text form. */
export async function answerMetrics(res: Response, { registry }: Metrics): Promise<void> {
  const text = await registry.metrics();
  res.setHeader('Content-Type', registry.contentType);
  res.end(text);
}
