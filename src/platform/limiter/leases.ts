import { randomUUID } from 'node:crypto';
import { shortenKey } from './shortenKey.ts';
import type { LimiterStore } from './storeGuard.ts';

const TIMES = { leaseMs: 30_000, renewMs: 10_000 };

/** Redis' own clock: the instances' clocks may differ. */
const TAKE_SCRIPT = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('zremrangebyscore', KEYS[1], '-inf', now)
if redis.call('zcard', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('zadd', KEYS[1], now + ARGV[2], ARGV[3])
redis.call('pexpire', KEYS[1], ARGV[2])
return 1
`;

const RENEW_SCRIPT = `
local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('zadd', KEYS[1], now + ARGV[1], ARGV[2])
redis.call('pexpire', KEYS[1], ARGV[1])
return 1
`;

/** The right to run, known to all instances. */
export interface Lease {
  end(): void;
}

/** Leases in Redis; one that is not renewed for 30 seconds (its instance crashed) ends by itself. */
export interface RedisLeases {
  /** `undefined` when Redis failed: the caller's own count decides then. */
  take(key: string): Promise<Lease | 'refused' | undefined>;
}

/** Makes the leases of one limit; the times are for tests. */
export function createRedisLeases(
  name: string,
  max: number,
  { redis, guard }: LimiterStore,
  { leaseMs, renewMs } = TIMES,
): RedisLeases {
  const held = new Map<string, string>();
  let renewal: NodeJS.Timeout | undefined;

  function renewAll(): void {
    for (const [id, redisKey] of held) {
      void guard.run(() => redis.eval(RENEW_SCRIPT, 1, redisKey, leaseMs, id));
    }
  }

  /**
   * Past the guard, which would skip it after any failure: a lease that stays refuses its owner for 30 seconds,
   * and nobody waits for this. On the one connection it is run after the taking of the same lease.
   */
  function remove(id: string, redisKey: string): void {
    if (redis.status === 'ready') redis.zrem(redisKey, id).catch(() => {});
  }

  function hold(id: string, redisKey: string): Lease {
    held.set(id, redisKey);
    renewal ??= setInterval(renewAll, renewMs).unref();
    return {
      end() {
        held.delete(id);
        if (held.size === 0) {
          clearInterval(renewal);
          renewal = undefined;
        }
        remove(id, redisKey);
      },
    };
  }

  return {
    async take(key) {
      if (max === Number.POSITIVE_INFINITY) return undefined;
      const redisKey = `latchkey:inflight:${name}:${shortenKey(key)}`;
      const id = randomUUID();
      let wasAsked = false;
      const outcome = await guard.run(() => {
        wasAsked = true;
        return redis.eval(TAKE_SCRIPT, 1, redisKey, max, leaseMs, id);
      });
      if (!outcome.ok) {
        // Redis may have been slow only, and have given the lease after all.
        if (wasAsked) remove(id, redisKey);
        return undefined;
      }
      return outcome.value === 1 ? hold(id, redisKey) : 'refused';
    },
  };
}
