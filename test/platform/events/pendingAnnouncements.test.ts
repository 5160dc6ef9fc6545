import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createPendingAnnouncements } from '../../../src/platform/events/pendingAnnouncements.ts';
import { quietLog } from './support.ts';

it('sends in order, and again what failed, without being told that the connection is back', async () => {
  const sent: string[] = [];
  let isDown = true;
  const pending = createPendingAnnouncements(quietLog, async (text) => {
    await sleep(1);
    if (isDown) throw new Error('down');
    sent.push(text);
    return 3;
  });
  expect(await pending.send('a')).toBe(0);
  expect(pending.isStalled()).toBe(true);
  expect(await pending.send('b')).toBe(0);
  isDown = false;
  await expect.poll(() => sent).toEqual(['a', 'b']);
  expect(pending.isStalled()).toBe(false);
  expect(await Promise.all(['c', 'd', 'e'].map((text) => pending.send(text)))).toEqual([3, 3, 3]);
  expect(sent).toEqual(['a', 'b', 'c', 'd', 'e']);
  await pending.close(0);
});

it('holds a bounded number of events, the newest', async () => {
  let isDown = true;
  const sent: string[] = [];
  const pending = createPendingAnnouncements(quietLog, async (text) => {
    if (isDown) throw new Error('down');
    sent.push(text);
    return 0;
  });
  for (let i = 0; i < 10_050; i++) await pending.send(String(i));
  isDown = false;
  pending.retry();
  await expect.poll(() => sent.length).toBe(10_000);
  expect(sent.at(-1)).toBe('10049');
  await pending.close(0);
});

it('gives up what waits when the time to close is over', async () => {
  const pending = createPendingAnnouncements(quietLog, () => Promise.reject(new Error('down')));
  await pending.send('a');
  const startMs = performance.now();
  await pending.close(100);
  expect(performance.now() - startMs).toBeLessThan(5000);
});
