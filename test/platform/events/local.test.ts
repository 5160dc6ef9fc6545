import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEvents } from '../../../src/platform/events/createEvents.ts';
import type { Events, JsonValue } from '../../../src/platform/events/events.ts';
import { quietLog, subjects } from './support.ts';

for (const { carrier, url, open } of subjects) {
  describe.skipIf(url === undefined)(`events over ${carrier}, within a process`, () => {
    let events: Events;
    beforeEach(async () => {
      events = open(url ?? '');
      await expect.poll(() => events.healthy()).toBe(true);
    });
    afterEach(() => events.close());

    it('are delivered before publish returns, and once', async () => {
      const seen: JsonValue[] = [];
      events.subscribe('a', (payload) => seen.push(payload));
      events.subscribe('b', () => seen.push('wrong channel'));
      const sent = events.publish('a', { id: 1, list: [null, true, 'ü'] });
      expect(seen).toEqual([{ id: 1, list: [null, true, 'ü'] }]);
      await sent;
      await sleep(100);
      expect(seen).toHaveLength(1);
    });

    it('that are announced wait for nobody where nobody else listens', async () => {
      const seen: JsonValue[] = [];
      events.subscribe('a', (payload) => seen.push(payload));
      const startMs = performance.now();
      await events.announce('a', 1);
      expect(performance.now() - startMs).toBeLessThan(900);
      expect(seen).toEqual([1]);
    });

    it('stop for a handler that unsubscribes, also while they are delivered', async () => {
      const seen: string[] = [];
      const handler = () => seen.push('same function twice');
      const endFirst = events.subscribe('a', handler);
      events.subscribe('a', handler);
      const endLast = events.subscribe('a', () => {
        seen.push('last');
        endLast();
      });
      await events.publish('a', 1);
      endFirst();
      endFirst();
      await events.publish('a', 2);
      expect(seen).toEqual(['same function twice', 'same function twice', 'last', 'same function twice']);
    });

    it('reach the others when a handler throws', async () => {
      const seen: JsonValue[] = [];
      events.subscribe('a', () => {
        throw new Error('handler');
      });
      events.subscribe('a', (payload) => seen.push(payload));
      await events.publish('a', 1);
      expect(seen).toEqual([1]);
    });

    it('of more than 7000 bytes are refused and delivered to nobody', async () => {
      let calls = 0;
      events.subscribe('a', () => calls++);
      await expect(events.publish('a', 'ü'.repeat(3600))).rejects.toThrow(RangeError);
      expect(calls).toBe(0);
      await events.publish('a', 'x'.repeat(6900));
      expect(calls).toBe(1);
    });

    it('reach nobody after close', async () => {
      let calls = 0;
      events.subscribe('a', () => calls++);
      await events.close();
      await events.publish('a', 1);
      expect(calls).toBe(0);
      await events.close();
    });
  });
}

describe('createEvents', () => {
  it('keeps to this process for SQLite without Redis', async () => {
    const events = await createEvents(
      { redisUrl: undefined, databaseUrl: 'file:x.db', databaseEngine: 'sqlite' },
      quietLog,
      () => {},
    );
    expect(events.healthy()).toBe(true);
    await events.close();
  });
});
