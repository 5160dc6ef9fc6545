import type { Request, Response } from 'express';
import express from 'express';
import { DomainError } from '../../errors/domainError.ts';
import { holdsNul, holdsPrototype, isTooDeep, wellFormed } from '../../pipeline/jsonValue.ts';

const maxBytes = 1_000_000;
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

/** An escape that may be half of a surrogate pair; UTF-8 itself has no way to write one. */
const halfPair = /\\u[dD][89a-fA-F]/;

const unfit = (message: string) => new DomainError('INVALID_BODY', { message });

/** The name of the first field of the body that is such, for the people who read messages. */
function fieldOf(body: unknown, isSuch: (value: unknown) => boolean): string {
  const fields = Object.entries(typeof body === 'object' && body !== null ? body : {});
  return fields.find(([, value]) => isSuch(value))?.[0] ?? 'the body';
}

/** Throws INVALID_BODY for what is JSON but cannot be kept as it is; `text` is the body as it came. */
function assertStorable(body: unknown, text: string): void {
  // U+0000 cannot be stored by PostgreSQL. The escape is the only way it gets into JSON.
  if (text.includes('\\u0000') && holdsNul(body))
    throw unfit(`${fieldOf(body, holdsNul)} must not contain U+0000`);
  if (isTooDeep(body)) throw unfit(`${fieldOf(body, isTooDeep)} must not be nested more than 500 times`);
  // What copies an object loses this key without a word, or takes its value for a prototype.
  if (mayNamePrototype.test(text) && holdsPrototype(body))
    throw unfit(`${fieldOf(body, holdsPrototype)} must not have a key __proto__`);
}

/** The key `__proto__`, or an underscore that is escaped and may be part of it. */
const mayNamePrototype = /__proto__|\\u005[fF]/;

const notJson = () => unfit('Malformed JSON body');

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
    assertStorable(value, text);
    return halfPair.test(text) ? wellFormed(value) : value;
  } catch (error) {
    throw error instanceof DomainError ? error : notJson();
  }
}
