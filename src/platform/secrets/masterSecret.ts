import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../../config/config.ts';
import { makeFolder } from '../makeFolder.ts';

const SECRET_BYTES = 32;
const FILE_NAME = 'secret.key';

/**
 * The secret that every other key is derived from: SECRET_KEY, or 32 random bytes made once and kept as hex in
 * DATA_DIR/secret.key (mode 0600). Processes that start together get the same one.
 * @throws ConfigError when the file does not hold 64 hex characters, or cannot be read or created.
 */
export async function loadMasterSecret(config: {
  readonly secretKey?: string | undefined;
  readonly dataDir: string;
}): Promise<Buffer> {
  if (config.secretKey !== undefined) return Buffer.from(config.secretKey, 'utf8');
  const path = join(config.dataDir, FILE_NAME);
  try {
    return (await readSecret(path)) ?? (await createSecret(config.dataDir, path));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError('DATA_DIR', `must be a folder that can be created and written (${code})`);
  }
}

async function createSecret(dataDir: string, path: string): Promise<Buffer> {
  makeFolder(dataDir);
  const draft = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  try {
    await writeDraft(draft);
    await publish(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  const secret = await readSecret(path);
  if (secret === undefined)
    throw new ConfigError('DATA_DIR', `must be a folder where ${FILE_NAME} can be kept`);
  return secret;
}

/** Written and synced before it has its name: another process never reads half a secret, a crash leaves none. */
async function writeDraft(draft: string): Promise<void> {
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(SECRET_BYTES).toString('hex')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives the draft its name unless another process was first; that one's secret then holds for both. */
async function publish(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    // Some mounted file systems know no hard links.
    await copyFile(draft, path, constants.COPYFILE_EXCL).catch((copyError: unknown) => {
      if (!hasCode(copyError, 'EEXIST')) throw copyError;
    });
  }
}

async function readSecret(path: string): Promise<Buffer | undefined> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (content === undefined) return undefined;
  if (!/^[0-9a-f]{64}\n?$/.test(content)) {
    throw new ConfigError('DATA_DIR', `holds a ${FILE_NAME} that is not 64 hex characters`);
  }
  return Buffer.from(content.trim(), 'hex');
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
