import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { hash as argon2Hash } from 'argon2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createPasswordHasher,
  OverloadedError,
  type PasswordHasher,
} from '../../../src/platform/passwords/hasher.ts';

let hasher: PasswordHasher;
beforeEach(() => {
  hasher = createPasswordHasher({ concurrency: 1, maxQueued: 4 });
});
afterEach(() => hasher.close());

/** Ids of this process' children (Linux). */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
    .map(Number);
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

describe('hashes', () => {
  it('are argon2id with the parameters of the design, salted', async () => {
    const [one, two] = [await hasher.hash('Tr0ub4dor&3'), await hasher.hash('Tr0ub4dor&3')];
    expect(one).toMatch(/^\$argon2id\$v=19\$/);
    expect(one).toMatch(/\$(?=[^$]*\bm=19456\b)(?=[^$]*\bt=2\b)(?=[^$]*\bp=1\b)/);
    expect(one).not.toBe(two);
    expect(await hasher.verify(one, 'Tr0ub4dor&3')).toBe(true);
    expect(await hasher.verify(one, 'Tr0ub4dor&4')).toBe(false);
    expect(hasher.needsRehash(one)).toBe(false);
  });

  it.each(['', 'ü'.repeat(100), '\u0000x', 'a'.repeat(100_000)])('hold any password', async (password) => {
    const phc = await hasher.hash(password);
    expect(await hasher.verify(phc, password)).toBe(true);
    expect(await hasher.verify(phc, `${password}x`)).toBe(false);
  });

  it('of other parameters are checked and named for renewal', async () => {
    const old = await argon2Hash('secret', { type: 2, memoryCost: 8192, timeCost: 3, parallelism: 1 });
    expect(await hasher.verify(old, 'secret')).toBe(true);
    expect(hasher.needsRehash(old)).toBe(true);
    expect(hasher.needsRehash('$2b$12$whatever')).toBe(true);
  });

  it.each([
    '',
    'secret',
    '$2b$12$C6UzMDM.H6dfI/f/IKcEeO',
    '$argon2id$v=19$m=1,t=1,p=1$x$y',
  ])('that are none (%j) fit no password', async (phc) => {
    expect(await hasher.verify(phc, 'secret')).toBe(false);
    expect(await hasher.verify(phc, '')).toBe(false);
  });
});

describe('an unknown account', () => {
  it('is refused in the time that a known one takes', async () => {
    const phc = await hasher.hash('right');
    const time = async (stored: string | null) => {
      const startMs = performance.now();
      expect(await hasher.verify(stored, 'wrong')).toBe(false);
      return performance.now() - startMs;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < 12; i++) {
      known.push(await time(phc));
      unknown.push(await time(null));
    }
    const fastest = (times: number[]) => Math.min(...times);
    // The fastest of many: noise only ever adds. A missing dummy check would be twenty times faster.
    expect(fastest(unknown) / fastest(known)).toBeGreaterThan(0.5);
    expect(fastest(unknown) / fastest(known)).toBeLessThan(2);
  }, 60_000);
});

describe('a flood', () => {
  it('is refused beyond the queue, and the queue is told', async () => {
    const lengths: number[] = [];
    const small = createPasswordHasher({ concurrency: 1, maxQueued: 2, onQueue: (n) => lengths.push(n) });
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => small.verify(null, 'x')));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(3);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(OverloadedError);
    }
    expect(Math.max(...lengths)).toBe(2);
    expect(small.queued()).toBe(0);
    expect(await small.verify(null, 'x')).toBe(false);
    await small.close();
  });
});

describe.runIf(process.platform === 'linux')('the worker process', () => {
  it('starts with the first job, at a lower priority, without the server’s environment', async () => {
    process.env.LATCHKEY_TEST_CANARY = 'canary-value';
    const before = childrenOf(process.pid);
    expect(childrenOf(process.pid)).toEqual(before);
    await hasher.hash('x');
    const started = childrenOf(process.pid).filter((pid) => !before.includes(pid));
    expect(started).toHaveLength(1);
    expect(getPriority(started[0])).toBeGreaterThan(getPriority(process.pid));
    expect(readFileSync(`/proc/${started[0]}/environ`, 'utf8')).not.toContain('canary-value');
    delete process.env.LATCHKEY_TEST_CANARY;
    await hasher.close();
    expect(childrenOf(process.pid)).toEqual(before);
  });

  it('is replaced when it is killed, the running job included', async () => {
    const before = childrenOf(process.pid);
    const phc = await hasher.hash('x');
    const [first] = childrenOf(process.pid).filter((pid) => !before.includes(pid));
    process.kill(first ?? 0, 'SIGKILL');
    expect(await hasher.verify(phc, 'x')).toBe(true);
    const [second] = childrenOf(process.pid).filter((pid) => !before.includes(pid));
    const running = hasher.verify(phc, 'x');
    process.kill(second ?? 0, 'SIGKILL');
    expect(await running).toBe(true);
  });

  it.each([
    'SIGKILL',
    'SIGTERM',
    undefined,
  ] as const)('does not outlive a server that ends by %s', async (signal) => {
    const loader = new URL('../../support/typescriptLoader.mjs', import.meta.url).href;
    const file = new URL('./hashChild.ts', import.meta.url).pathname;
    const server = spawn(
      process.execPath,
      ['--import', loader, file, signal === undefined ? 'end' : 'stay'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [printed] = await once(server.stdout, 'data');
    const workerPid = Number(String(printed));
    expect(workerPid).toBeGreaterThan(0);
    const ended = once(server, 'exit');
    if (signal !== undefined) server.kill(signal);
    const [code] = await ended;
    // Without a signal it ended by itself: an idle worker keeps no process alive.
    if (signal === undefined) expect(code).toBe(0);
    await expect.poll(() => isRunning(workerPid)).toBe(false);
  });

  it('rejects what runs and waits when it is closed', async () => {
    const jobs = Promise.allSettled([hasher.hash('a'), hasher.hash('b'), hasher.hash('c')]);
    await sleep(1);
    await hasher.close();
    expect((await jobs).map((job) => job.status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(hasher.hash('d')).rejects.toThrow('closed');
  });
});

function isRunning(pid: number): boolean {
  try {
    // A killed process that nobody has waited for yet is no longer running.
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
