import type { Request, Response } from 'express';
import express from 'express';
import { DomainError } from '../../errors/domainError.ts';
import { storable } from '../../graph/shared/storable.ts';

const maxBytes = 1_000_000;
/** No documented body is nearly as deep; much deeper ones exhaust the stack of what reads and stores them. */
const maxDepth = 500;
/** A body is read as JSON whatever its type says: documented clients, and curl, often send none or a wrong one. */
const readRaw = express.raw({ type: () => true, limit: maxBytes });

function readBytes(req: Request, res: Response): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    readRaw(req, res, (error?: unknown) => (error ? reject(error) : resolve(req.body as Buffer | undefined)));
  });
}

function errorOf(cause: unknown): DomainError {
  const { status, type } = cause as { status?: number; type?: string };
  if (status === 413) return new DomainError('BODY_TOO_LARGE', { cause });
  if (status === 415) return new DomainError('UNSUPPORTED_MEDIA_TYPE', { cause });
  // Cut short or with a wrong length; nobody may be left to read the answer.
  if (status === 400 || type === 'request.aborted') return new DomainError('INVALID_BODY', { cause });
  return new DomainError('INTERNAL', { cause });
}

const notJson = () => new DomainError('INVALID_BODY', { message: 'Malformed JSON body' });

/**
 * The JSON of a request; undefined when there is no body. At most 1 MB, unpacked.
 * Throws INVALID_BODY, BODY_TOO_LARGE or UNSUPPORTED_MEDIA_TYPE.
 */
export async function readJson(req: Request, res: Response): Promise<unknown> {
  const bytes = await readBytes(req, res).catch((cause) => {
    throw errorOf(cause);
  });
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return undefined;
  const text = bytes.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    // U+0000 cannot be stored by PostgreSQL. The escape is the only way it gets into JSON.
    if (text.includes('\\u0000') && holdsNul(value)) throw notJson();
    // Each level takes two characters, so most bodies need no look.
    if (text.length > 2 * maxDepth && isDeeperThan(maxDepth, value)) throw notJson();
    return halfPair.test(text) ? wellFormed(value) : value;
  } catch (error) {
    throw error instanceof DomainError ? error : notJson();
  }
}

/** An escape that may be half of a surrogate pair; UTF-8 itself has no way to write one. */
const halfPair = /\\u[dD][89a-fA-F]/;

/** The value with U+FFFD for each half of a surrogate pair, here so that rules count what will be stored. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), wellFormed(inner)]));
}

/** True when lists and objects are nested more than `depth` times in a JSON value. */
function isDeeperThan(depth: number, value: unknown): boolean {
  let level = [value].filter(isNested);
  for (let deep = 0; level.length > 0; deep++) {
    if (deep > depth) return true;
    level = level.flatMap((each) => Object.values(each as object)).filter(isNested);
  }
  return false;
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** True when a string or key anywhere in a JSON value holds U+0000. */
export function holdsNul(value: unknown): boolean {
  // No recursion: a caller can nest deeper than the stack is.
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string' && next.includes('\0')) return true;
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, inner] of Object.entries(next)) {
      if (key.includes('\0')) return true;
      waiting.push(inner);
    }
  }
  return false;
}
