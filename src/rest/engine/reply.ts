import { hash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';

/** An answer before it is written. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** JSON; undefined for an answer without content. */
  readonly body: unknown;
}

/** In the thread pool: large answers must not hold up all others. */
const pack = promisify<Buffer, Buffer>(gzip);

/** Below it packing saves less than it costs. */
const leastPackedBytes = 1024;

/** Whether the client would rather have gzip than plain bytes (RFC 9110, section 12.5.3), and does not want a stream of events. */
function wantsGzip(req: Request): boolean {
  const { accept, 'accept-encoding': encodings } = req.headers;
  if (encodings === undefined || accept?.includes('text/event-stream')) return false;
  return req.acceptsEncodings('gzip', 'identity') === 'gzip';
}

/** Whether a client that names these tags has this answer already (RFC 9110, weak comparison). */
function matches(header: string | undefined, tag: string): boolean {
  const strip = (text: string) => text.trim().replace(/^W\//, '');
  return header?.trim() === '*' || (header?.split(',').some((each) => strip(each) === strip(tag)) ?? false);
}

/** The tag of a read's answer; undefined for what cannot be answered by 304. */
function tagOf({ method }: Request, status: number, text: string): string | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || status !== 200) return undefined;
  return `W/"${hash('sha1', text, 'base64url')}"`;
}

/**
 * Writes an answer; a HEAD request gets the headers of the GET. Where the API has `etag` a
 * repeated read may get 304; where it has `gzip` a large body is packed for a client that takes it.
 */
export async function send(
  res: Response,
  { status, headers: given, body }: Reply,
  { etag, gzip: packs }: { readonly etag?: true; readonly gzip?: true },
): Promise<void> {
  // The client went away while its answer was being made.
  if (res.headersSent || res.destroyed) return;
  // All at once at the end: of Node's ways to set headers by far the quickest.
  const headers = { ...given } as OutgoingHttpHeaders;
  if (body === undefined) {
    if (status !== 204) headers['Content-Length'] = 0;
    res.writeHead(status, headers).end();
    return;
  }
  const text = JSON.stringify(body);
  const byteLength = Buffer.byteLength(text);
  const packable = packs === true && byteLength >= leastPackedBytes;
  if (packable) headers.Vary = headers.Vary ? `${headers.Vary}, Accept-Encoding` : 'Accept-Encoding';
  // The tag is weak and of the plain bytes: packed or not, it is the same answer.
  const tag = etag && tagOf(res.req, status, text);
  if (tag) headers.ETag = tag;
  if (tag && matches(res.req.headers['if-none-match'], tag)) {
    res.writeHead(304, headers).end();
    return;
  }
  const packed = packable && wantsGzip(res.req) ? await pack(Buffer.from(text)) : undefined;
  if (res.destroyed) return;
  if (packed) headers['Content-Encoding'] = 'gzip';
  headers['Content-Type'] = 'application/json; charset=utf-8';
  headers['Content-Length'] = packed?.length ?? byteLength;
  // Node writes a text together with the headers; bytes would be a second piece of a slower kind of write.
  res.writeHead(status, headers).end(packed ?? text);
}
