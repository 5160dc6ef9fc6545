import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase } from '../../support/database.ts';
import { root } from './markdown.ts';

const startWithinMs = 120_000;

/** A server as `npm start` runs it, in a process of its own, on a free port, with an own data folder and database. */
export async function startServerProcess() {
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-tour-'));
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    npm_config_loglevel: 'error',
  };
  const child = spawn(process.execPath, ['scripts/run.mjs', 'main.js'], {
    cwd: root,
    env: { ...env, PORT: '0' },
  });
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The server did not start: ${output}`)), startWithinMs);
    const read = (text: Buffer) => {
      output += text;
      const found = /listens on port (\d+)/.exec(output)?.[1];
      if (!found) return;
      clearTimeout(timer);
      resolve(Number(found));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${output}`)));
  });
  return {
    port,
    dataDir,
    /** The environment of programs that are to work beside the server. */
    env,
    async stop(): Promise<void> {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A running server process. */
export type ServerProcess = Awaited<ReturnType<typeof startServerProcess>>;
