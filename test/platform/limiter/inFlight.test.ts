import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anyLimit, openRedis, redisUrl, type Subject, subjects } from './support.ts';

for (const { store, open, isAvailable } of subjects) {
  describe.skipIf(!isAvailable)(`a limit on what is in flight, in ${store}`, () => {
    let subject: Subject;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(() => subject.close());

    it('lets exactly `max` in when callers come at once', async () => {
      const flight = subject.limiters.inFlight({ name: anyLimit(0).name, max: 4 });
      const releases = await Promise.all(Array.from({ length: 50 }, () => flight.acquire('a')));
      expect(releases.filter((release) => release !== undefined)).toHaveLength(4);
      expect(await flight.acquire('b')).toBeDefined();
    });

    it('lets one in for each that is released, however often that is said', async () => {
      const flight = subject.limiters.inFlight({ name: anyLimit(0).name, max: 2 });
      const first = await flight.acquire('a');
      const second = await flight.acquire('a');
      expect(await flight.acquire('a')).toBeUndefined();
      first?.();
      first?.();
      await expect.poll(() => flight.acquire('a')).toBeDefined();
      expect(await flight.acquire('a')).toBeUndefined();
      second?.();
      await expect.poll(() => flight.acquire('a')).toBeDefined();
    });
  });
}

describe.skipIf(redisUrl === undefined)('over several instances', () => {
  it('the limit is shared', async () => {
    const instances = await Promise.all([openRedis(), openRedis(), openRedis()]);
    const limit = { name: anyLimit(0).name, max: 5 };
    const flights = instances.map(({ limiters }) => limiters.inFlight(limit));
    const tries = flights.flatMap((flight) => Array.from({ length: 5 }, () => flight.acquire('a')));
    const held = (await Promise.all(tries)).filter((release) => release !== undefined);
    expect(held).toHaveLength(5);
    held[0]?.();
    await expect.poll(() => flights[2]?.acquire('a')).toBeDefined();
    await Promise.all(instances.map((instance) => instance.close()));
  });
});
