import type { Response } from 'express';

/** Answers a request that does not get as far as GraphQL, in the form of a GraphQL error. */
export function refuse(res: Response, status: number, code: string, message: string): void {
  if (res.headersSent || res.destroyed) return;
  const requestId = res.getHeader('X-Request-ID');
  res.status(status).json({ errors: [{ message, extensions: { code, requestId } }] });
}
