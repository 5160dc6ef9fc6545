import { afterAll, beforeAll } from 'vitest';

/**
 * Starts something before the tests of the file or block that calls this, and stops it after them. The answer
 * stands for what was started; only hooks and tests can look into it.
 */
export function useStarted<Thing extends { stop(): Promise<void> }>(start: () => Promise<Thing>): Thing {
  let started: Thing | undefined;
  beforeAll(async () => {
    started = await start();
  });
  afterAll(() => started?.stop());
  return new Proxy({} as Thing, {
    get(_target, name) {
      if (started === undefined) throw new Error(`Asked for ${String(name)} before the first hook has run.`);
      return Reflect.get(started, name);
    },
  });
}
