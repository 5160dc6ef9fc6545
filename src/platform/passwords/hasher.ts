import { availableParallelism } from 'node:os';
import { needsRehash } from 'argon2';
import { createGate } from './gate.ts';
import { HASH_MS, NOBODYS_HASH, PARAMETERS } from './parameters.ts';
import { createHashWorker } from './worker.ts';
import type { HashJob } from './workerSource.ts';

export { OverloadedError } from './gate.ts';

const DEFAULT_MAX_QUEUED = 64;
const KNOWN_HASH = /^\$argon2id\$v=\d+\$[a-z0-9=,]+\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{11,}$/;

/** Hashes and checks passwords, a few at a time, in processes of lower priority. */
export interface PasswordHasher {
  /** The PHC string of a new hash. Rejects with OverloadedError when too many wait. */
  hash(password: string): Promise<string>;
  /**
   * True when the password is the one of the hash. `null` (no such account, or one without a password) costs the same
   * time and is false, and so is a text that is no hash. Rejects with OverloadedError when too many wait.
   */
  verify(phc: string | null, password: string): Promise<boolean>;
  /** True when the hash was made with other parameters than today's. */
  needsRehash(phc: string): boolean;
  /** How many passwords wait for their turn. */
  queued(): number;
  /** Ends the processes; what still runs or waits is rejected. */
  close(): Promise<void>;
}

/** What the hasher may use; defaults: one core fewer than there are, 64 waiting. */
export interface PasswordHasherOptions {
  /** Hashes at the same time, each in a process of its own with about 60 MB. */
  readonly concurrency?: number | undefined;
  readonly maxQueued?: number | undefined;
  /** Told the number of waiting passwords whenever it changes. */
  readonly onQueue?: ((queued: number) => void) | undefined;
}

/** Makes the hasher of a server; its processes start when they are first needed. */
export function createPasswordHasher(options: PasswordHasherOptions = {}): PasswordHasher {
  const concurrency = options.concurrency ?? Math.max(1, availableParallelism() - 1);
  const maxQueued = options.maxQueued ?? DEFAULT_MAX_QUEUED;
  const gate = createGate({ concurrency, maxQueued, taskMs: HASH_MS, onQueue: options.onQueue });
  const workers = Array.from({ length: concurrency }, createHashWorker);
  const idle = [...workers];

  function run(job: HashJob): Promise<string | boolean> {
    return gate.run(async () => {
      const worker = idle.pop();
      if (worker === undefined) throw new Error('The gate let more jobs in than there are workers.');
      try {
        return await worker.run(job);
      } finally {
        idle.push(worker);
      }
    });
  }

  return {
    hash: async (password) => String(await run({ kind: 'hash', password })),
    async verify(phc, password) {
      const isReal = phc !== null && KNOWN_HASH.test(phc);
      const fits = await run({ kind: 'verify', password, phc: isReal ? phc : NOBODYS_HASH });
      return isReal && fits === true;
    },
    needsRehash: (phc) => !KNOWN_HASH.test(phc) || needsRehash(phc, PARAMETERS),
    queued: gate.queued,
    close: async () => void (await Promise.all(workers.map((worker) => worker.close()))),
  };
}
