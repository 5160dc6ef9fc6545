import type { Response } from 'express';
import { DomainError } from '../errors/domainError.ts';
import type { Caller } from '../graph/core/context.ts';
import { addressKey } from '../platform/limiter/addressKey.ts';
import type { Limiters } from '../platform/limiter/limiters.ts';

const points = 1200;
const windowSeconds = 60;

/**
 * Counts a GraphQL request against its credential, or its address where there is no valid one,
 * and writes the `RateLimit-*` headers. Throws RATE_LIMITED.
 */
export type CountGraphqlRequest = (res: Response, caller: Caller | null, address: string) => Promise<void>;

/** The limit of the GraphQL endpoint: 1200 requests a minute. */
export function createGraphqlLimit(limiters: Limiters): CountGraphqlRequest {
  const bucket = limiters.bucket({ name: 'graphql', points, windowSeconds });
  return async (res, caller, address) => {
    const key = caller && caller.credential.kind !== 'OPERATOR' ? caller.credential.id : addressKey(address);
    const { allowed, remaining, resetAtMs, retryAfterSeconds } = await bucket.consume(key);
    res.setHeader('RateLimit-Limit', points);
    res.setHeader('RateLimit-Remaining', remaining);
    res.setHeader('RateLimit-Reset', Math.max(0, Math.ceil((resetAtMs - Date.now()) / 1000)));
    if (allowed) return;
    res.setHeader('Retry-After', retryAfterSeconds);
    throw new DomainError('RATE_LIMITED', { retryAfterSeconds });
  };
}
