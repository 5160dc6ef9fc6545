import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runServer } from '../support/serverProcess.ts';

/** Runs `npm start`'s file until it ends by itself; returns how it ended and what it wrote to standard error. */
function start(
  env: Record<string, string>,
  { cwd = process.cwd(), uid }: { cwd?: string; uid?: number } = {},
) {
  const options = {
    cwd,
    timeout: 60_000,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error', ...env },
    ...(uid !== undefined && { uid, gid: uid }),
  };
  return new Promise<{ code: unknown; lines: string[] }>((resolve) => {
    execFile(process.execPath, ['scripts/run.mjs', 'main.js'], options, (error, _stdout, stderr) =>
      resolve({ code: error?.code, lines: stderr.trimEnd().split('\n') }),
    );
  });
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-start-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

let taken: Server;
let takenPort: number;
beforeAll(async () => {
  // What is stale would be built first, and say so.
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'ignore' });
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  takenPort = (taken.address() as AddressInfo).port;
}, 120_000);
afterAll(() => taken.close());

describe('A start that cannot succeed ends with one line that names the variable:', {
  timeout: 120_000,
}, () => {
  it.each<[string, (dataDir: string) => Record<string, string>, RegExp]>([
    [
      'a port that is taken',
      () => ({ PORT: String(takenPort) }),
      /^PORT names a port that another process listens on \(EADDRINUSE 127\.0\.0\.1:\d+\)\.$/,
    ],
    [
      'an address of another machine',
      () => ({ HOST: '203.0.113.9' }),
      /^HOST is no address of this machine \(EADDRNOTAVAIL 203\.0\.113\.9:0\)\.$/,
    ],
    [
      'a data folder that cannot be made',
      () => ({ DATA_DIR: '/proc/nope' }),
      /^DATA_DIR must be a folder that can be created and written \(ENOENT\)\.$/,
    ],
    [
      'a database file that cannot be made',
      () => ({ DATABASE_URL: 'file:/proc/nope/latchkey.db' }),
      /^DATABASE_URL names an SQLite file that cannot be used: \/proc\/nope\/latchkey\.db \(ENOENT\)\.$/,
    ],
    [
      'a file that is no database',
      (dataDir) => {
        writeFileSync(join(dataDir, 'text.db'), 'This is no database. '.repeat(100));
        return { DATABASE_URL: `file:${dataDir}/text.db` };
      },
      /^DATABASE_URL names an SQLite file that cannot be used: .*text\.db \(SQLITE_NOTADB\)\.$/,
    ],
    [
      'a PostgreSQL that is down',
      () => ({ DATABASE_URL: 'postgresql://user:secret@127.0.0.1:1/latchkey' }),
      /^DATABASE_URL names a PostgreSQL that cannot be used \(ECONNREFUSED\)\.$/,
    ],
  ])('%s', async (_case, env, line) => {
    const dataDir = folder();
    const { code, lines } = await start({ DATA_DIR: dataDir, ...env(dataDir) });
    expect(lines).toEqual([expect.stringMatching(line)]);
    expect(code).toBe(1);
  });
});

describe('A server whose neighbours are down starts, and says so in one line:', { timeout: 120_000 }, () => {
  it.each([
    ['REDIS_URL', 'redis://user:hunter2@127.0.0.1:1', 'REDIS_URL: Redis at 127.0.0.1:1 does not answer; '],
    ['SMTP_URL', 'smtp://user:hunter2@127.0.0.1:1', 'SMTP_URL: 127.0.0.1:1 cannot be reached (ESOCKET); '],
  ])('%s', async (name, url, message) => {
    const dataDir = folder();
    const server = await runServer({ DATA_DIR: dataDir, HOST: '127.0.0.1', [name]: url });
    const warnings = () => server.output().match(/^\{"level":[456]0.*$/gm) ?? [];
    await expect.poll(warnings, { timeout: 10_000 }).toHaveLength(1);
    expect(JSON.parse(warnings()[0] ?? '').msg).toContain(message);
    expect(server.output()).not.toMatch(/^ +at |hunter2/m);
    expect(await server.terminate()).toBe(0);
  });
});

/** A clone that was never started, as far as building it goes. */
function clone({ withPackages }: { withPackages: boolean }): string {
  const path = folder();
  for (const name of ['scripts', 'package.json', 'package-lock.json', 'schema.graphql'])
    cpSync(name, join(path, name), { recursive: true });
  mkdirSync(join(path, 'prisma'));
  writeFileSync(join(path, 'prisma/models.prisma'), 'modle Account {}\n');
  if (withPackages) symlinkSync(join(process.cwd(), 'node_modules'), join(path, 'node_modules'));
  return path;
}

describe('A first start', { timeout: 120_000 }, () => {
  it('says that the packages are missing', async () => {
    const cwd = clone({ withPackages: false });
    expect(await start({}, { cwd })).toEqual({
      code: 1,
      lines: [`Latchkey cannot be built: the packages are not installed; run \`npm ci\` in ${cwd} first.`],
    });
  });

  it('says that this user may not write there', async () => {
    const cwd = clone({ withPackages: true });
    chmodSync(cwd, 0o555);
    const nobody = 65_534;
    const { code, lines } = await start({}, { cwd, ...(process.getuid?.() === 0 && { uid: nobody }) });
    expect(lines).toEqual([
      expect.stringMatching(
        /^Latchkey cannot be built: this user may not write to .*\.cache.* \(EACCES\); run it as the user/,
      ),
    ]);
    expect(code).toBe(1);
    chmodSync(cwd, 0o755);
  });

  it('says that it makes the database, and a later one does not', async () => {
    const env = { DATA_DIR: folder(), HOST: '127.0.0.1' };
    for (const lines of [1, 0]) {
      const server = await runServer(env);
      expect(
        server.output().match(/^\{.*"migrations":\d+,"msg":"migrating the database"\}$/gm) ?? [],
      ).toHaveLength(lines);
      expect(await server.terminate()).toBe(0);
    }
  });

  it('says what it is doing, and what is wrong with the models', async () => {
    const { code, lines } = await start({}, { cwd: clone({ withPackages: true }) });
    expect(lines.slice(0, 2)).toEqual([
      'Generating the sqlite client …',
      'Latchkey cannot be built: Prisma refuses prisma/models.prisma:',
    ]);
    expect(lines.join('\n')).toContain('This line is invalid');
    expect(code).toBe(1);
  });
});
