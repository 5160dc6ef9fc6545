import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from '../../config/config.ts';
import type { Delivery } from './message.ts';

const dayMs = 24 * 3600_000;
const folderOf = (dataDir: string) => join(dataDir, 'outbox');

/** Deletes mails, and drafts of writers that died, that are older than `OUTBOX_RETENTION_DAYS`; other files stay. */
export async function purgeOutbox({
  dataDir,
  retention: { outboxDays },
}: Pick<Config, 'dataDir' | 'retention'>): Promise<void> {
  if (outboxDays === 0) return;
  const folder = folderOf(dataDir);
  const before = Date.now() - outboxDays * dayMs;
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    // Nothing was ever mailed, or mails go elsewhere.
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    if (!/\.eml(\.tmp)?$/.test(name)) continue;
    const file = join(folder, name);
    // Another instance that shares the folder may have been first.
    const found = await stat(file).catch(() => null);
    if (found && found.mtimeMs < before) await rm(file, { force: true });
  }
}

/**
 * Delivers to files `<dataDir>/outbox/<time>-<id>.eml` that sort by time (folder 0700, files 0600: they hold links that
 * sign people in).
 */
export function createOutbox(dataDir: string): Delivery {
  const folder = folderOf(dataDir);
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  let lastMs = 0;

  function nextName(): string {
    lastMs = Math.max(Date.now(), lastMs + 1);
    const time = new Date(lastMs).toISOString().replace(/[-:.]/g, '');
    return `${time}-${randomBytes(4).toString('hex')}.eml`;
  }

  return {
    async deliver(mail) {
      const { message } = await composer.sendMail(mail);
      await mkdir(folder, { recursive: true });
      // By itself `mkdir` leaves a folder as it is that exists already.
      await chmod(folder, 0o700);
      const name = nextName();
      const draft = join(folder, `.${name}.tmp`);
      try {
        await writePrivate(draft, message as Buffer);
        await rename(draft, join(folder, name));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      return { file: join(folder, name) };
    },
    check: async () => {},
    close: () => composer.close(),
  };
}

async function writePrivate(path: string, content: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
  } finally {
    await file.close();
  }
}
