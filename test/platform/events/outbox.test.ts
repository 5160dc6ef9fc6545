import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createOutbox } from '../../../src/platform/events/outbox.ts';
import { quietLog } from './support.ts';

it('sends in order, and again what failed, without being told that the connection is back', async () => {
  const sent: string[] = [];
  let isDown = true;
  const outbox = createOutbox(quietLog, async (text) => {
    await sleep(1);
    if (isDown) throw new Error('down');
    sent.push(text);
    return 3;
  });
  expect(await outbox.send('a')).toBe(0);
  expect(outbox.isStalled()).toBe(true);
  expect(await outbox.send('b')).toBe(0);
  isDown = false;
  await expect.poll(() => sent).toEqual(['a', 'b']);
  expect(outbox.isStalled()).toBe(false);
  expect(await Promise.all(['c', 'd', 'e'].map((text) => outbox.send(text)))).toEqual([3, 3, 3]);
  expect(sent).toEqual(['a', 'b', 'c', 'd', 'e']);
  await outbox.close(0);
});

it('holds a bounded number of events, the newest', async () => {
  let isDown = true;
  const sent: string[] = [];
  const outbox = createOutbox(quietLog, async (text) => {
    if (isDown) throw new Error('down');
    sent.push(text);
    return 0;
  });
  for (let i = 0; i < 10_050; i++) await outbox.send(String(i));
  isDown = false;
  outbox.retry();
  await expect.poll(() => sent.length).toBe(10_000);
  expect(sent.at(-1)).toBe('10049');
  await outbox.close(0);
});

it('gives up what waits when the time to close is over', async () => {
  const outbox = createOutbox(quietLog, () => Promise.reject(new Error('down')));
  await outbox.send('a');
  const startMs = performance.now();
  await outbox.close(100);
  expect(performance.now() - startMs).toBeLessThan(5000);
});
