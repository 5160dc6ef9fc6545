import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/config/config.ts';
import { createKeyring } from '../../../src/platform/secrets/keyring.ts';
import { loadMasterSecret } from '../../../src/platform/secrets/masterSecret.ts';
import { runChild } from '../../support/child.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'latchkey-secret-')), 'data');
});

describe('the master secret', () => {
  it('is SECRET_KEY when that is set, and no file is made', async () => {
    const secret = await loadMasterSecret({ secretKey: 'a passphrase of the operator', dataDir });
    expect(secret.toString()).toBe('a passphrase of the operator');
    expect(() => readdirSync(dataDir)).toThrow();
  });

  it('is made once and kept for its owner alone', async () => {
    const first = await loadMasterSecret({ dataDir });
    expect(first).toHaveLength(32);
    expect(await loadMasterSecret({ dataDir })).toEqual(first);
    expect(readdirSync(dataDir)).toEqual(['secret.key']);
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(dataDir, 'secret.key'), 'utf8')).toBe(`${first.toString('hex')}\n`);
  });

  it('is the same for callers that start together', async () => {
    const secrets = await Promise.all(Array.from({ length: 50 }, () => loadMasterSecret({ dataDir })));
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1);
    expect(readdirSync(dataDir)).toEqual(['secret.key']);
  });

  it('is the same for processes that start together', async () => {
    const child = new URL('./loadChild.ts', import.meta.url);
    const startAtMs = String(Date.now() + 1500);
    const printed = await Promise.all(Array.from({ length: 4 }, () => runChild(child, dataDir, startAtMs)));
    expect(new Set(printed).size).toBe(1);
    expect(printed[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    '',
    'abc',
    `${'0'.repeat(63)}x`,
  ])('stops the start when the file holds %j, and keeps it', async (content) => {
    await loadMasterSecret({ dataDir });
    const path = join(dataDir, 'secret.key');
    writeFileSync(path, content);
    await expect(loadMasterSecret({ dataDir })).rejects.toThrow(ConfigError);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });
});

describe('the keyring', () => {
  it('derives by HKDF-SHA256, one key a purpose', () => {
    const keyring = createKeyring(Buffer.alloc(32, 1));
    expect(keyring.derive('jwt')).toHaveLength(32);
    expect(keyring.derive('jwt', 64)).toHaveLength(64);
    expect(keyring.derive('jwt')).toEqual(keyring.derive('jwt'));
    expect(keyring.derive('jwt')).not.toEqual(keyring.derive('one-time'));
    expect(createKeyring(Buffer.alloc(32, 2)).derive('jwt')).not.toEqual(keyring.derive('jwt'));
    // Fixed: another value here would end all sessions and make all stored secrets unreadable at the next upgrade.
    expect(keyring.derive('jwt', 8).toString('hex')).toBe('b2c8e1f2f2f5ffe4');
  });

  it('ends with an error that names DATA_DIR where no folder can be made', async () => {
    for (const dataDir of ['/proc/nope', '/proc/nope/deeper', '/dev/null/data']) {
      const attempt = loadMasterSecret({ dataDir });
      await expect(attempt).rejects.toThrow(
        /^DATA_DIR must be a folder that can be created and written \(E[A-Z]+\)\.$/,
      );
    }
  });
});
