import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshDatabase } from './database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const startWithinMs = 120_000;

/** Runs `npm start`'s file in a process of its own, on a free port, with this environment and no other. */
export async function runServer(environment: Readonly<Record<string, string>>) {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    npm_config_loglevel: 'error',
    ...environment,
  };
  const child = spawn(process.execPath, ['scripts/run.mjs', 'main.js'], {
    cwd: root,
    env: { ...env, PORT: '0' },
  });
  let output = '';
  const exited = once(child, 'exit').then(([code]) => code as number | null);
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
    pid: child.pid as number,
    url: `http://127.0.0.1:${port}`,
    /** The environment of programs that are to work beside the server. */
    env,
    /** All that it has written so far, to standard output and standard error. */
    output: () => output,
    /** Sends SIGTERM; answers the code with which the process ends. */
    terminate(): Promise<number | null> {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** A place where servers can stand: an own database and an own data folder. */
export async function makeServerPlace() {
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-server-'));
  return {
    dataDir,
    env: { DATA_DIR: dataDir, DATABASE_URL: database.url },
    /** Removes both, once every server there has ended. */
    async remove(): Promise<void> {
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A server at a place of its own. */
export async function startServerProcess(environment: Readonly<Record<string, string>> = {}) {
  const place = await makeServerPlace();
  const server = await runServer({ ...place.env, ...environment });
  return {
    ...server,
    dataDir: place.dataDir,
    async stop(): Promise<void> {
      await server.terminate();
      await place.remove();
    },
  };
}

/** A running server process. */
export type ServerProcess = Awaited<ReturnType<typeof startServerProcess>>;
