import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRedisLeases } from '../../../src/platform/limiter/leases.ts';
import { createStoreGuard, type StoreGuard } from '../../../src/platform/limiter/storeGuard.ts';
import { redisUrl } from './support.ts';

describe.skipIf(redisUrl === undefined)('a lease', () => {
  let redis: Redis;
  beforeEach(async () => {
    redis = new Redis(redisUrl ?? '');
    await redis.ping();
  });
  afterEach(() => redis.disconnect());

  const open = (name: string, leaseMs: number, renewMs: number) => {
    const store = { redis, guard: createStoreGuard({ redis, onStoreError: () => {} }) };
    return createRedisLeases(name, 1, store, { leaseMs, renewMs });
  };

  it('that nobody renews ends by itself: its instance crashed', async () => {
    const name = randomUUID();
    const crashed = open(name, 1500, 1_000_000);
    const other = open(name, 1500, 1_000_000);
    expect(await crashed.take('a')).toBeTypeOf('object');
    expect(await other.take('a')).toBe('refused');
    await expect.poll(() => other.take('a')).toBeTypeOf('object');
  });

  it('is renewed as long as it is held', async () => {
    const name = randomUUID();
    const lease = await open(name, 1500, 100).take('a');
    const other = open(name, 1500, 100);
    const endMs = Date.now() + 3000;
    while (Date.now() < endMs) {
      expect(await other.take('a')).toBe('refused');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (typeof lease === 'object') lease.end();
    await expect.poll(() => other.take('a')).toBeTypeOf('object');
  });

  it('ends also right after a failure, when the guard lets no call through', async () => {
    const name = randomUUID();
    const guard = createStoreGuard({ redis, onStoreError: () => {} });
    const lease = await createRedisLeases(name, 1, { redis, guard }).take('a');
    await guard.run(() => Promise.reject(new Error('no answer')));
    if (typeof lease === 'object') lease.end();
    await expect.poll(() => redis.zcard(`latchkey:inflight:${name}:a`)).toBe(0);
  });

  it('given too late for anybody to hold it is taken back', async () => {
    const name = randomUUID();
    const late: Promise<unknown>[] = [];
    const guard: StoreGuard = {
      async run(work) {
        late.push(work());
        return { ok: false };
      },
    };
    expect(await createRedisLeases(name, 1, { redis, guard }).take('a')).toBeUndefined();
    expect(await Promise.all(late)).toEqual([1]);
    await expect.poll(() => redis.zcard(`latchkey:inflight:${name}:a`)).toBe(0);
  });

  it('that has ended is not brought back by a renewal on its way', async () => {
    const name = randomUUID();
    const leases = open(name, 60_000, 5);
    for (let i = 0; i < 20; i++) {
      const lease = await leases.take('a');
      expect(lease).toBeTypeOf('object');
      await new Promise((resolve) => setTimeout(resolve, 6));
      if (typeof lease === 'object') lease.end();
      await expect.poll(() => redis.zcard(`latchkey:inflight:${name}:a`)).toBe(0);
    }
  });
});
