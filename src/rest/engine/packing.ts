import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request } from 'express';

/** In the thread pool: large answers must not hold up all others. */
export const pack = promisify<Buffer, Buffer>(gzip);

/** Below it packing saves less than it costs. */
export const leastPackedBytes = 1024;

/** Whether the client would rather have gzip than plain bytes (RFC 9110, section 12.5.3), and does not want a stream of events. */
export function wantsGzip(req: Request): boolean {
  const { accept, 'accept-encoding': encodings } = req.headers;
  if (encodings === undefined || accept?.includes('text/event-stream')) return false;
  return req.acceptsEncodings('gzip', 'identity') === 'gzip';
}
