import { describe, expect, it } from 'vitest';
import { createKeyedMutex } from '../../src/graph/inventory/search/keyedMutex.ts';
import { createScheduler, type Pace, type Scheduler } from '../../src/graph/inventory/search/scheduler.ts';

/** Works for some slices of 10 ms, and says so in `log`. */
async function work(log: string[], name: string, slices: number, pace: Pace): Promise<void> {
  for (let slice = 0; slice < slices; slice += 1) {
    const until = performance.now() + 10;
    while (performance.now() < until);
    log.push(name);
    if (pace.isDue()) await pace.rest();
  }
}

describe('long works', () => {
  it('of one key go one after the other, and keys take turns slice by slice', async () => {
    const scheduler = createScheduler();
    const log: string[] = [];
    const run = (key: string, name: string, slices: number) =>
      scheduler.run(key, ({ pace }) => work(log, name, slices, pace));
    await Promise.all([
      run('a', 'a1', 3),
      run('a', 'a2', 2),
      run('a', 'a3', 2),
      run('b', 'b1', 2),
      run('c', 'c1', 1),
    ]);
    expect(log.filter((name) => name.startsWith('a'))).toEqual(['a1', 'a1', 'a1', 'a2', 'a2', 'a3', 'a3']);
    expect(log.lastIndexOf('b1')).toBeLessThan(6);
    expect(log.indexOf('c1')).toBeLessThan(4);
  });

  it('can keep their turn while requests go first', async () => {
    const scheduler = createScheduler();
    const log: string[] = [];
    const tick = setInterval(() => log.push('tick'), 1);
    await Promise.all([
      scheduler.run('a', ({ alone }) => work(log, 'a', 4, alone)),
      scheduler.run('b', ({ pace }) => work(log, 'b', 1, pace)),
    ]);
    clearInterval(tick);
    expect(log.filter((name) => name !== 'tick')).toEqual(['a', 'a', 'a', 'a', 'b']);
    expect(log.indexOf('tick')).toBeLessThan(3);
  });

  it('that fail pass the turn on', async () => {
    const scheduler = createScheduler();
    const failing = scheduler.run('a', async () => {
      throw new Error('broken');
    });
    await expect(Promise.all([failing, scheduler.run('a', async () => 1)])).rejects.toThrow('broken');
    expect(await scheduler.run('a', async () => 2)).toBe(2);
  });

  it.each([
    ['key', createScheduler().run],
    ['lane', createKeyedMutex()],
  ] as [string, Scheduler['run']][])('are refused where too many of a %s wait', async (_name, run) => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const first = run('a', () => finished);
    const others = Array.from({ length: 120 }, () => run('a', async () => 1).catch((error) => error.code));
    const other = run('b', async () => 1);
    finish();
    await first;
    const answers = await Promise.all(others);
    expect(answers.filter((answer) => answer === 'OVERLOADED').length).toBeGreaterThanOrEqual(20);
    expect(answers.filter((answer) => answer === 1).length).toBeGreaterThanOrEqual(99);
    expect(await other).toBe(1);
    expect(await run('a', async () => 3)).toBe(3);
  });
});
