import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type ExitCode, runAdmin } from '../../src/admin/cli.ts';
import { freshDatabase } from '../support/database.ts';
import { freshRedis } from '../support/redis.ts';

const loader = new URL('../support/typescriptLoader.mjs', import.meta.url).href;

/** Starts a TypeScript file of src/ in a process of its own. */
export function spawnFile(file: string, args: readonly string[], env: Record<string, string>): ChildProcess {
  const path = fileURLToPath(new URL(`../../src/${file}`, import.meta.url));
  return spawn(process.execPath, ['--import', loader, path, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: 'pipe',
  });
}

/** What a stream says until its end. */
export async function textOf(stream: Readable | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += chunk;
  return text;
}

/** A place with a database, where both a server and the command line can stand. */
export async function makePlace(more: Record<string, string> = {}) {
  const database = await freshDatabase();
  const redisUrl = await freshRedis();
  const dataDir = mkdtempSync(join(tmpdir(), 'latchkey-admin-'));
  const env: Record<string, string> = {
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    DISABLE_RATE_LIMIT: 'true',
    ...(redisUrl && { REDIS_URL: redisUrl }),
    ...more,
  };
  return {
    env,
    engine: database.engine,
    url: database.url,
    dataDir,
    /** Runs a command line in this process. */
    admin: (argv: readonly string[], stdin = '') => admin(argv, env, dataDir, stdin),
    async remove(): Promise<void> {
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function admin(argv: readonly string[], env: Record<string, string>, folder: string, input: string) {
  const written = { stdout: '', stderr: '' };
  const into = (name: keyof typeof written) =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += chunk;
        done();
      },
    });
  const stdin = Readable.from([Buffer.from(input)]);
  const code: ExitCode = await runAdmin(argv, {
    stdin,
    stdout: into('stdout'),
    stderr: into('stderr'),
    env,
    folder,
  });
  return { code, ...written };
}

/** The real server in a process of its own, which knows nothing of the tests. */
export async function startServer(env: Record<string, string>) {
  const child = spawnFile('main.ts', [], { ...env, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' });
  const complaint = textOf(child.stderr);
  const port = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      const port = /listens on port (\d+)/.exec(said)?.[1];
      if (port) resolve(port);
    });
    child.once('exit', async () => reject(new Error(`The server did not start: ${await complaint}`)));
  });
  const url = `http://127.0.0.1:${port}`;

  async function call(method: string, path: string, credential?: string, body?: unknown) {
    const answer = await fetch(url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(credential && { authorization: `Bearer ${credential}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  return {
    call,
    /** Signs in; answers the access token. */
    async signIn(email: string, password: string): Promise<string> {
      return (await call('POST', '/api/auth/login', undefined, { email, password })).body.token;
    },
    /** Makes a key; answers its text and id. */
    async makeKey(token: string): Promise<{ text: string; id: string }> {
      const { body } = await call('POST', '/api/v1/tokens', token, { name: 'test' });
      return { text: body.token, id: body.record.id };
    },
    async stop(): Promise<void> {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
