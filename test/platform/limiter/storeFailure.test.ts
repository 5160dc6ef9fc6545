import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLimiters, type Limiters } from '../../../src/platform/limiter/limiters.ts';
import { connectLimiterRedis } from '../../../src/platform/limiter/redis.ts';
import { type Network, openNetwork } from '../events/network.ts';
import { anyLimit, redisUrl } from './support.ts';

describe.skipIf(redisUrl === undefined)('when Redis fails', () => {
  let network: Network;
  let redis: Redis;
  let limiters: Limiters;
  let errors: unknown[];
  beforeEach(async () => {
    network = await openNetwork(redisUrl ?? '');
    redis = await connectLimiterRedis(network.url, () => {});
    errors = [];
    limiters = createLimiters({ redis, disabled: false, onStoreError: (error) => errors.push(error) });
  });
  afterEach(async () => {
    redis.disconnect();
    await network.close();
  });

  async function countAllowed(tries: number, consume: () => Promise<{ allowed: boolean }>): Promise<number> {
    let allowed = 0;
    for (let i = 0; i < tries; i++) if ((await consume()).allowed) allowed += 1;
    return allowed;
  }

  it('by closing connections, memory counts: limited, and told', async () => {
    const bucket = limiters.bucket(anyLimit(3));
    expect((await bucket.consume('a')).remaining).toBe(2);
    network.cut();
    expect(await countAllowed(20, () => bucket.consume('a'))).toBe(3);
    expect((await bucket.peek('a')).allowed).toBe(false);
    await bucket.clear('a');
    expect((await bucket.peek('a')).allowed).toBe(true);
    expect(errors.length).toBeGreaterThanOrEqual(1);
  });

  it('by silence, the first call waits a quarter of a second and the others not at all', async () => {
    const bucket = limiters.bucket(anyLimit(3));
    await bucket.consume('a');
    network.freeze();
    const startMs = performance.now();
    expect(await countAllowed(100, () => bucket.consume('a'))).toBe(3);
    const elapsedMs = performance.now() - startMs;
    expect(elapsedMs).toBeGreaterThan(200);
    // Each of them waiting would be 25 seconds.
    expect(elapsedMs).toBeLessThan(12_000);
  });

  it('and comes back, Redis counts again', async () => {
    const bucket = limiters.bucket(anyLimit(3));
    await bucket.consume('a', 2);
    network.cut();
    await bucket.consume('a');
    network.restore();
    await expect.poll(async () => (await bucket.peek('a')).remaining).toBe(1);
  });

  it('what is in flight is still limited by what this process runs', async () => {
    const flight = limiters.inFlight({ name: anyLimit(0).name, max: 3 });
    const held = await flight.acquire('a');
    network.cut();
    const more = await Promise.all(Array.from({ length: 10 }, () => flight.acquire('a')));
    expect(more.filter((release) => release !== undefined)).toHaveLength(2);
    held?.();
    expect(await flight.acquire('a')).toBeDefined();
  });

  it('at the start, requests are limited all the same', async () => {
    network.cut();
    const late = await connectLimiterRedis(network.url, () => {});
    const bucket = createLimiters({ redis: late, disabled: false, onStoreError: () => {} }).bucket(
      anyLimit(2),
    );
    expect(await countAllowed(10, () => bucket.consume('a'))).toBe(2);
    late.disconnect();
  });
});

describe.skipIf(redisUrl === undefined)('Redis', () => {
  it('is asked once a use', async () => {
    const redis = await connectLimiterRedis(redisUrl ?? '', () => {});
    const bucket = createLimiters({ redis, disabled: false, onStoreError: () => {} }).bucket(anyLimit(3));
    await bucket.consume('warm up: the script is loaded once');
    let commands = 0;
    const send = redis.sendCommand.bind(redis);
    redis.sendCommand = (...args: Parameters<typeof send>) => {
      commands += 1;
      return send(...args);
    };
    await bucket.consume('a');
    expect(commands).toBe(1);
    redis.disconnect();
  });

  it('keeps no key beyond its window', async () => {
    const redis = await connectLimiterRedis(redisUrl ?? '', () => {});
    const limit = anyLimit(3, 1);
    const bucket = createLimiters({ redis, disabled: false, onStoreError: () => {} }).bucket(limit);
    await bucket.consume('a');
    await bucket.reward('b', 1);
    expect(await redis.keys(`latchkey:limit:${limit.name}:*`)).toHaveLength(1);
    await sleep(1100);
    expect(await redis.keys(`latchkey:limit:${limit.name}:*`)).toHaveLength(0);
    redis.disconnect();
  });
});
