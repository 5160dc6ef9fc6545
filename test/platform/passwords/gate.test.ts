import { describe, expect, it } from 'vitest';
import { createGate, OverloadedError } from '../../../src/platform/passwords/gate.ts';

/** Tasks that end when the test says so. */
function createTasks() {
  const finish: (() => void)[] = [];
  let running = 0;
  let mostRunning = 0;
  return {
    finish,
    mostRunning: () => mostRunning,
    async task() {
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      await new Promise<void>((resolve) => finish.push(resolve));
      running -= 1;
    },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the gate', () => {
  it('runs a few at a time, in order of arrival', async () => {
    const tasks = createTasks();
    const gate = createGate({ concurrency: 2, maxQueued: 10, taskMs: 30 });
    const ended: number[] = [];
    const all = Array.from({ length: 6 }, (_, i) => gate.run(tasks.task).then(() => ended.push(i)));
    while (ended.length < 6) {
      tasks.finish.shift()?.();
      await settle();
    }
    await Promise.all(all);
    expect(tasks.mostRunning()).toBe(2);
    expect(ended).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('refuses what does not fit into the queue, with a time to come back, and recovers', async () => {
    const tasks = createTasks();
    const queue: number[] = [];
    const gate = createGate({ concurrency: 1, maxQueued: 100, taskMs: 30, onQueue: (n) => queue.push(n) });
    const accepted = Array.from({ length: 101 }, () => gate.run(tasks.task));
    await settle();
    expect(gate.queued()).toBe(100);
    const rejection = await gate.run(tasks.task).catch((error: unknown) => error);
    expect(rejection).toBeInstanceOf(OverloadedError);
    expect(rejection).toMatchObject({ retryAfterSeconds: 3 });
    expect(tasks.mostRunning()).toBe(1);
    let ended = 0;
    for (const one of accepted) void one.then(() => ended++);
    while (ended < 101) {
      tasks.finish.shift()?.();
      await settle();
    }
    expect(gate.queued()).toBe(0);
    expect(Math.max(...queue)).toBe(100);
    expect(queue.at(-1)).toBe(0);
  });

  it('gives a failed task’s turn to the next', async () => {
    const gate = createGate({ concurrency: 1, maxQueued: 5, taskMs: 30 });
    const failed = gate.run(() => Promise.reject(new Error('boom')));
    const next = gate.run(async () => 'ran');
    await expect(failed).rejects.toThrow('boom');
    await expect(next).resolves.toBe('ran');
  });
});
