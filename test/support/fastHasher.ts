import { hash, needsRehash, verify } from 'argon2';
import type { PasswordHasher } from '../../src/platform/passwords/hasher.ts';

/** The least that argon2id takes: a hash needs a tenth of a millisecond instead of thirty. */
const parameters = { type: 2, memoryCost: 8, timeCost: 1, parallelism: 1 } as const;

/** A hasher for tests whose subject is not passwords: real hashes at no cost, without a queue or processes. */
export function createFastHasher(): PasswordHasher {
  return {
    hash: (password) => hash(password, parameters),
    // As the real one: what is no hash is false, not an error.
    verify: (phc, password) =>
      phc === null ? Promise.resolve(false) : verify(phc, password).catch(() => false),
    needsRehash: (phc) => needsRehash(phc, parameters),
    queued: () => 0,
    close: () => Promise.resolve(),
  };
}
