import type { Response } from 'express';
import { catalogue } from '../errors/catalogue.ts';
import type { DomainError } from '../errors/domainError.ts';

/** Answers a request that does not reach GraphQL, in the form of a GraphQL error that pages of any origin may read. */
export function refuse(res: Response, { code, message, extensions, details }: DomainError): void {
  if (res.headersSent || res.destroyed) return;
  const requestId = res.getHeader('X-Request-ID');
  if (details.retryAfterSeconds !== undefined) res.setHeader('Retry-After', details.retryAfterSeconds);
  res
    .status(catalogue[code].status)
    .setHeader('Access-Control-Allow-Origin', '*')
    .json({ errors: [{ message, extensions: { ...extensions, requestId } }] });
}
