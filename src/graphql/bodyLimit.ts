import type { Request, Response } from 'express';
import { DomainError } from '../errors/domainError.ts';
import { refuse } from './refuse.ts';

const maxBytes = 1_000_000;

const tooLarge = (res: Response) => refuse(res, new DomainError('BODY_TOO_LARGE'));

/**
 * Refuses bodies over 1 MB: at once by what they announce, and by count for those that
 * announce nothing. False when the request was refused.
 */
export function withBodyLimit(req: Request, res: Response): boolean {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
    tooLarge(res);
    req.resume();
    return false;
  }
  let received = 0;
  req.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received <= maxBytes) return;
    tooLarge(res);
    req.destroy();
  });
  req.pause();
  return true;
}
