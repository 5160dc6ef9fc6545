import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Response } from 'express';
import { leastPackedBytes, pack, wantsGzip } from './packing.ts';
import type { Surface } from './surface.ts';

/** An answer before it is written. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** JSON; undefined for an answer without content. */
  readonly body: unknown;
}

/** Whether a client that names these tags has this answer already (RFC 9110, weak comparison). */
function matches(header: string | undefined, tag: string): boolean {
  const strip = (text: string) => text.trim().replace(/^W\//, '');
  return header?.trim() === '*' || (header?.split(',').some((each) => strip(each) === strip(tag)) ?? false);
}

/** Tags a read's answer; true when the client has it already. */
function tagged(res: ServerResponse, bytes: Buffer): boolean {
  const { method, headers } = res.req;
  if ((method !== 'GET' && method !== 'HEAD') || res.statusCode !== 200) return false;
  const tag = `W/"${createHash('sha1').update(bytes).digest('base64url')}"`;
  res.setHeader('ETag', tag);
  return matches(headers['if-none-match'], tag);
}

/**
 * Writes an answer; a HEAD request gets the headers of the GET. Where the surface has `etag` a
 * repeated read may get 304; where it has `gzip` a large body is packed for a client that takes it.
 */
export async function send(
  res: Response,
  { status, headers, body }: Reply,
  { etag, gzip }: Pick<Surface, 'etag' | 'gzip'>,
): Promise<void> {
  // The client went away while its answer was being made.
  if (res.headersSent || res.destroyed) return;
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (body === undefined) {
    res.end();
    return;
  }
  const bytes = Buffer.from(JSON.stringify(body));
  const packable = gzip === true && bytes.length >= leastPackedBytes;
  if (packable) res.vary('Accept-Encoding');
  // The tag is weak and of the plain bytes: packed or not, it is the same answer.
  if (etag && tagged(res, bytes)) {
    res.statusCode = 304;
    res.end();
    return;
  }
  const packed = packable && wantsGzip(res.req) ? await pack(bytes) : undefined;
  if (res.destroyed) return;
  if (packed) res.setHeader('Content-Encoding', 'gzip');
  const content = packed ?? bytes;
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', content.length);
  res.end(content);
}
