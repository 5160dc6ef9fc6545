import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLimiters } from '../../../src/platform/limiter/limiters.ts';
import { anyLimit, type Subject, subjects } from './support.ts';

for (const { store, open, isAvailable } of subjects) {
  describe.skipIf(!isAvailable)(`a bucket in ${store}`, () => {
    let subject: Subject;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(async () => {
      expect(subject.errors).toEqual([]);
      await subject.close();
    });

    it('allows its points and then nothing until the window ends', async () => {
      const bucket = subject.limiters.bucket(anyLimit(3, 60));
      const states = [];
      for (let i = 0; i < 5; i++) states.push(await bucket.consume('a'));
      expect(states.map((state) => [state.allowed, state.remaining])).toEqual([
        [true, 2],
        [true, 1],
        [true, 0],
        [false, 0],
        [false, 0],
      ]);
      expect(states[0]).toMatchObject({ limit: 3, retryAfterSeconds: 0 });
      const last = states[4];
      expect(last?.retryAfterSeconds).toBeGreaterThanOrEqual(59);
      expect(last?.retryAfterSeconds).toBeLessThanOrEqual(60);
      expect(Math.abs((last?.resetAtMs ?? 0) - Date.now() - 60_000)).toBeLessThan(1500);
    });

    it('has a fixed window: refused tries do not prolong it', async () => {
      const bucket = subject.limiters.bucket(anyLimit(1, 2));
      expect((await bucket.consume('a')).allowed).toBe(true);
      await sleep(1000);
      expect((await bucket.consume('a')).allowed).toBe(false);
      await sleep(1100);
      expect(await bucket.consume('a')).toMatchObject({ allowed: true, remaining: 0 });
    });

    it('counts exactly when callers come at once', async () => {
      const bucket = subject.limiters.bucket(anyLimit(10));
      const states = await Promise.all(Array.from({ length: 100 }, () => bucket.consume('a')));
      expect(states.filter((state) => state.allowed)).toHaveLength(10);
    });

    it('counts keys, names and weights apart', async () => {
      const bucket = subject.limiters.bucket(anyLimit(5));
      const other = subject.limiters.bucket(anyLimit(5));
      expect(await bucket.consume('a', 4)).toMatchObject({ allowed: true, remaining: 1 });
      expect(await bucket.consume('a', 2)).toMatchObject({ allowed: false, remaining: 0 });
      expect(await bucket.consume('b', 5)).toMatchObject({ allowed: true, remaining: 0 });
      expect(await other.consume('a')).toMatchObject({ allowed: true, remaining: 4 });
    });

    it('is one for all who ask for its name, and never with other numbers', async () => {
      const limit = anyLimit(2);
      await subject.limiters.bucket(limit).consume('a');
      expect((await subject.limiters.bucket({ ...limit }).consume('a')).remaining).toBe(0);
      expect(() => subject.limiters.bucket({ ...limit, points: 3 })).toThrow(limit.name);
      expect(() => subject.limiters.bucket({ ...limit, windowSeconds: 3 })).toThrow(limit.name);
    });

    it('tells where a key stands without using it', async () => {
      const bucket = subject.limiters.bucket(anyLimit(2));
      expect(await bucket.peek('a')).toMatchObject({
        allowed: true,
        remaining: 2,
        limit: 2,
        retryAfterSeconds: 0,
      });
      await bucket.consume('a', 2);
      for (let i = 0; i < 3; i++)
        expect(await bucket.peek('a')).toMatchObject({ allowed: false, remaining: 0 });
      expect((await bucket.peek('a')).retryAfterSeconds).toBeGreaterThanOrEqual(59);
    });

    it('gives back what was used and never more', async () => {
      const bucket = subject.limiters.bucket(anyLimit(3));
      await bucket.consume('a', 3);
      await bucket.reward('a', 1);
      expect(await bucket.consume('a')).toMatchObject({ allowed: true, remaining: 0 });
      await bucket.reward('a', 50);
      expect((await bucket.peek('a')).remaining).toBe(3);
      expect(await bucket.consume('a', 3)).toMatchObject({ allowed: true, remaining: 0 });
      expect((await bucket.consume('a')).allowed).toBe(false);
      await bucket.reward('never used', 5);
      expect(await bucket.consume('never used', 3)).toMatchObject({ allowed: true, remaining: 0 });
    });

    it('forgets a key', async () => {
      const bucket = subject.limiters.bucket(anyLimit(1));
      await bucket.consume('a');
      await bucket.clear('a');
      expect(await bucket.consume('a')).toMatchObject({ allowed: true });
    });

    it.each([
      '',
      'ü'.repeat(10_000),
      'a b\r\nSET x 1',
      '__proto__',
      'constructor',
    ])('takes any key', async (key) => {
      const bucket = subject.limiters.bucket(anyLimit(1));
      expect((await bucket.consume(key)).allowed).toBe(true);
      expect((await bucket.consume(key)).allowed).toBe(false);
      expect((await bucket.consume(`${key}.`)).allowed).toBe(true);
    });
  });
}

describe('limits that are switched off', () => {
  it('allow everything with a full remainder', async () => {
    const limiters = createLimiters({ disabled: true, onStoreError: () => {} });
    const bucket = limiters.bucket({ name: 'x', points: 1, windowSeconds: 60 });
    for (let i = 0; i < 3; i++) {
      expect(await bucket.consume('a', 5)).toMatchObject({
        allowed: true,
        limit: 1,
        remaining: 1,
        retryAfterSeconds: 0,
      });
    }
    expect(await bucket.peek('a')).toMatchObject({ allowed: true, remaining: 1 });
    const flight = limiters.inFlight({ name: 'x', max: 1 });
    expect(await flight.acquire('a')).toBeTypeOf('function');
    expect(await flight.acquire('a')).toBeTypeOf('function');
  });
});
