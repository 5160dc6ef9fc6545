import autocannon from 'autocannon';
import type { LoadAnswer, LoadJob } from './load.ts';

/** How exactly an end by time is kept. */
const tickMs = 20;

async function run(job: LoadJob): Promise<LoadAnswer> {
  const { url, method = 'GET', headers = {}, bodies, paths, connections = 10, status = 200, ...extent } = job;
  const startedAt = performance.now();
  const result = await autocannon({
    url,
    method,
    connections,
    headers,
    sampleInt: tickMs,
    ...(bodies && {
      requests: bodies.map((body, index) => ({ body, ...(paths && { path: paths[index] }) })),
    }),
    ...('seconds' in extent ? { duration: extent.seconds } : { amount: extent.requests }),
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const statuses = result.statusCodeStats as Record<string, { count: number }>;
  const wrong = Object.keys(statuses).filter((code) => code !== String(status));
  if (wrong.length > 0) return { problem: `some answers had status ${wrong.join(', ')}` };
  if (result.errors > 0) return { problem: `${result.errors} requests were not answered` };
  return { requests: statuses[status]?.count ?? 0, seconds };
}

process.on('message', async (message: LoadJob | string) => {
  // The leash is asked by texts.
  if (typeof message === 'string') return;
  process.send?.(await run(message).catch((error: Error) => ({ problem: error.message })));
});
