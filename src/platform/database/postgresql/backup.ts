import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, rm } from 'node:fs/promises';
import { createFile } from '../file.ts';

/**
 * Writes pg_dump's custom format to `file`, which appears when it is complete. Throws a sentence
 * when pg_dump is not on PATH, or pg_dump's own words when it fails.
 */
export async function backupPostgres(url: string, file: string): Promise<void> {
  const unfinished = `${file}.unfinished`;
  createFile(unfinished);
  const child = spawn('pg_dump', ['--format=custom', '--no-password', `--file=${unfinished}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...connectionEnvironment(url) },
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  try {
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`pg_dump failed: ${complaint.trim()}`);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error('A backup of PostgreSQL needs pg_dump on PATH (Debian: postgresql-client).', {
      cause: error,
    });
  }
}

/** The URL as libpq's variables: in the arguments, its password would show in the list of processes. */
function connectionEnvironment(url: string): NodeJS.ProcessEnv {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const values = {
    PGHOST: searchParams.get('host') ?? decodeURIComponent(hostname),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: searchParams.get('sslmode') ?? '',
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
