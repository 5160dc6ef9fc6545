import { hash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Request, Response } from 'express';
import type { Api } from './api.ts';
import { leastPackedBytes, pack, wantsGzip } from './packing.ts';

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

/** The tag of a read's answer; undefined for what cannot be answered by 304. */
function tagOf({ method }: Request, status: number, bytes: Buffer): string | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || status !== 200) return undefined;
  return `W/"${hash('sha1', bytes, 'base64url')}"`;
}

/**
 * Writes an answer; a HEAD request gets the headers of the GET. Where the API has `etag` a
 * repeated read may get 304; where it has `gzip` a large body is packed for a client that takes it.
 */
export async function send(
  res: Response,
  { status, headers: given, body }: Reply,
  { etag, gzip }: Pick<Api, 'etag' | 'gzip'>,
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
  const bytes = Buffer.from(JSON.stringify(body));
  const packable = gzip === true && bytes.length >= leastPackedBytes;
  if (packable) headers.Vary = headers.Vary ? `${headers.Vary}, Accept-Encoding` : 'Accept-Encoding';
  // The tag is weak and of the plain bytes: packed or not, it is the same answer.
  const tag = etag && tagOf(res.req, status, bytes);
  if (tag) headers.ETag = tag;
  if (tag && matches(res.req.headers['if-none-match'], tag)) {
    res.writeHead(304, headers).end();
    return;
  }
  const packed = packable && wantsGzip(res.req) ? await pack(bytes) : undefined;
  if (res.destroyed) return;
  if (packed) headers['Content-Encoding'] = 'gzip';
  const content = packed ?? bytes;
  headers['Content-Type'] = 'application/json; charset=utf-8';
  headers['Content-Length'] = content.length;
  res.writeHead(status, headers).end(content);
}
