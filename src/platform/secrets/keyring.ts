import { hkdfSync } from 'node:crypto';

const SALT = 'latchkey';

/** Keys for single purposes, all made from the master secret. */
export interface Keyring {
  /** The key for one purpose, always the same one; keys of two purposes say nothing about each other. */
  derive(purpose: string, lengthBytes?: number): Buffer;
}

/** Makes a keyring that derives with HKDF-SHA256; the purpose is the `info` input. */
export function createKeyring(master: Buffer): Keyring {
  return {
    derive: (purpose, lengthBytes = 32) =>
      Buffer.from(hkdfSync('sha256', master, SALT, purpose, lengthBytes)),
  };
}
