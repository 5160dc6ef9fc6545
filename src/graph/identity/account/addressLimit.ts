import { DomainError } from '../../../errors/domainError.ts';
import { addressKey } from '../../../platform/limiter/addressKey.ts';
import type { Limiters } from '../../../platform/limiter/limiters.ts';

/**
 * Counts what anybody may do without signing in and what costs a hash or a mail: one count an
 * address over all endpoints, each alias of a GraphQL request for itself. Throws RATE_LIMITED.
 */
export type CountAnonymousWork = (address: string) => Promise<void>;

/** As many a minute as the strictest documented API allows writes (Binboi 1.3). */
export function createAddressLimit(limiters: Limiters): CountAnonymousWork {
  const bucket = limiters.bucket({ name: 'anonymous-work', points: 60, windowSeconds: 60 });
  return async (address) => {
    const { allowed, retryAfterSeconds } = await bucket.consume(addressKey(address));
    if (!allowed) throw new DomainError('RATE_LIMITED', { retryAfterSeconds });
  };
}
