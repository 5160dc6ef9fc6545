import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createKeyBudget } from '../../../src/platform/limiter/keyBudget.ts';
import { createLimiters } from '../../../src/platform/limiter/limiters.ts';

const limit = { name: 'flooded', points: 5, windowSeconds: 3600 };

/** Size of the heap without garbage. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

describe('a flood of distinct keys', () => {
  it('does not grow the memory beyond the budget', async () => {
    const limiters = createLimiters({ disabled: false, onStoreError: () => {}, maxKeys: 2000 });
    const bucket = limiters.bucket(limit);
    for (let i = 0; i < 4000; i++) await bucket.consume(`warm-${i}`);
    const before = heapBytes();
    for (let i = 0; i < 100_000; i++) await bucket.consume(`key-${i}`);
    // 100,000 kept keys would be about 60 MB.
    expect(heapBytes() - before).toBeLessThan(10 * 1024 * 1024);
  });

  it('does not push out the count of a key that is near its limit', async () => {
    const limiters = createLimiters({ disabled: false, onStoreError: () => {}, maxKeys: 500 });
    const bucket = limiters.bucket(limit);
    await bucket.consume('victim', 5);
    for (let i = 0; i < 20_000; i++) await bucket.consume(`flood-${i}`);
    expect((await bucket.consume('victim')).allowed).toBe(false);
  });

  it('does not push out the counts of another bucket', async () => {
    const limiters = createLimiters({ disabled: false, onStoreError: () => {}, maxKeys: 500 });
    const signIn = limiters.bucket({ ...limit, name: 'sign-in' });
    const general = limiters.bucket({ name: 'general', points: 600, windowSeconds: 60 });
    await signIn.consume('victim', 4);
    for (let i = 0; i < 20_000; i++) await general.consume(`flood-${i}`);
    expect((await signIn.peek('victim')).remaining).toBe(1);
  });
});

describe('the key budget', () => {
  it('forgets what has expired first, then what is least used', () => {
    const budget = createKeyBudget(3);
    const forgotten: string[] = [];
    const use = (id: string, usedShare: number, msLeft: number) =>
      budget.touch(id, { usedShare, expiresAtMs: Date.now() + msLeft, forget: () => forgotten.push(id) });
    use('full', 1, 1000);
    use('expired', 1, -1);
    use('little', 0.1, 1000);
    use('a', 0.5, 1000);
    expect(forgotten).toEqual(['expired']);
    use('b', 0.5, 1000);
    expect(forgotten).toEqual(['expired', 'little']);
    expect(budget.size()).toBe(3);
  });

  it('keeps to its size when every key is at its limit', () => {
    const budget = createKeyBudget(10);
    let forgotten = 0;
    for (let i = 0; i < 1000; i++) {
      budget.touch(`${i}`, { usedShare: 1, expiresAtMs: Date.now() + 1000, forget: () => forgotten++ });
      expect(budget.size()).toBeLessThanOrEqual(10);
    }
    expect(forgotten).toBe(1000 - budget.size());
  });

  it('stays quick when it is full', () => {
    const budget = createKeyBudget(50_000);
    const expiresAtMs = Date.now() + 3_600_000;
    const add = (from: number) => {
      const startMs = performance.now();
      for (let i = from; i < from + 50_000; i++)
        budget.touch(`${i}`, { usedShare: 1, expiresAtMs, forget: () => {} });
      return performance.now() - startMs;
    };
    const emptyMs = add(0);
    const fullMs = Math.min(add(50_000), add(100_000), add(150_000));
    // A walk for each key would be thousands of times slower.
    expect(fullMs / emptyMs).toBeLessThan(50);
  });
});
