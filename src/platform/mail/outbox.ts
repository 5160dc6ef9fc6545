import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Delivery } from './message.ts';

/**
 * Delivers to files `<dataDir>/outbox/<time>-<id>.eml` that sort by time (folder 0700, files 0600: they hold links that
 * sign people in).
 */
export function createOutbox(dataDir: string): Delivery {
  const folder = join(dataDir, 'outbox');
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
