import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Keyring } from '../../../platform/secrets/keyring.ts';
import { hmacHex } from '../../../platform/secrets/tokens.ts';

const ivBytes = 12;
const tagBytes = 16;
const maxOpened = 50_000;

/** Seals connection passwords for the database and opens them again. */
export interface PasswordVault {
  /** The password under AES-256-GCM, bound to its node: in another node's row it does not open. */
  seal(nodeId: number, password: string): string;
  /** Throws when the text was sealed under another key or for another node. */
  open(nodeId: number, sealed: string): string;
  /** Equal for equal passwords of one node, and says nothing without the key. */
  fingerprint(nodeId: number, password: string): string;
}

/** Makes the vault. */
export function createPasswordVault(keyring: Keyring): PasswordVault {
  const key = keyring.derive('vpn-passwords');
  const fingerprintKey = keyring.derive('vpn-password-fingerprints');
  /**
   * By node and sealed text, whose random part makes it another one at every change: a heartbeat
   * then costs a look-up for each password instead of a decryption.
   */
  const opened = new LRUCache<string, string>({ max: maxOpened });

  function decrypt(nodeId: number, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes));
    decipher.setAAD(Buffer.from(String(nodeId)));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  }

  return {
    seal(nodeId, password) {
      // Random, because a GCM key is broken by the first nonce that comes twice; 96 bits are good for 2^32 of them.
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(Buffer.from(String(nodeId)));
      const text = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
    },
    open(nodeId, sealed) {
      const id = `${nodeId}:${sealed}`;
      const known = opened.get(id);
      if (known !== undefined) return known;
      const password = decrypt(nodeId, sealed);
      opened.set(id, password);
      return password;
    },
    fingerprint: (nodeId, password) => hmacHex(fingerprintKey, `${nodeId}:${password}`),
  };
}
