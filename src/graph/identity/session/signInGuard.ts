import { DomainError } from '../../../errors/domainError.ts';
import { addressKey } from '../../../platform/limiter/addressKey.ts';
import type { Bucket, Limiters } from '../../../platform/limiter/limiters.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';

const quarterHour = 15 * 60;

/** Counts sign-in failures over all endpoints: REST, GraphQL and each alias in a GraphQL request. */
export interface SignInGuard {
  /**
   * Counts a try before its password is compared, so that parallel guesses cannot all slip
   * under the limit. Call the returned function when the password was right: the try is given back.
   * Throws RATE_LIMITED.
   */
  begin(subject: string, address: string): Promise<() => Promise<void>>;
  /**
   * Whether a failure that {@link begin} does not count, such as a wrong token of a provider, may be recorded: as many
   * from one address as failures that it counts, so that they are no way to fill the database.
   */
  mayRecord(address: string): Promise<boolean>;
}

/** The guard; `subject` is the account's id, or what was typed where there is no such account. */
export function createSignInGuard(limiters: Limiters): SignInGuard {
  const pair = limiters.bucket({ name: 'sign-in-pair', points: 10, windowSeconds: quarterHour });
  const byAddress = limiters.bucket({ name: 'sign-in-address', points: 100, windowSeconds: quarterHour });
  const recorded = limiters.bucket({ name: 'sign-in-recorded', points: 100, windowSeconds: quarterHour });
  // Guesses spread over many addresses. High, because it also lets a stranger lock somebody out.
  const byAccount = limiters.bucket({ name: 'sign-in-account', points: 200, windowSeconds: 3600 });

  return {
    async begin(subject, address) {
      const account = sha256Hex(subject);
      const from = addressKey(address);
      const counted: [Bucket, string][] = [
        [pair, `${account}:${from}`],
        [byAddress, from],
        [byAccount, account],
      ];
      const results = await Promise.all(counted.map(([bucket, key]) => bucket.consume(key)));
      const refused = results.filter((result) => !result.allowed);
      if (refused.length > 0) {
        const retryAfterSeconds = Math.max(...refused.map((result) => result.retryAfterSeconds));
        throw new DomainError('RATE_LIMITED', { retryAfterSeconds });
      }
      return async () => {
        await Promise.all(counted.map(([bucket, key]) => bucket.reward(key, 1)));
      };
    },
    async mayRecord(address) {
      return (await recorded.consume(addressKey(address))).allowed;
    },
  };
}
