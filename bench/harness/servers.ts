import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerOf, type Children } from './children.ts';

const startWithinMs = 90_000;
let started = 0;

/** A server under measurement. */
export interface Served {
  readonly url: string;
  /** How long it has kept processors busy since it started. */
  cpuSeconds(): Promise<number>;
}

/** Where servers are started. */
interface Place {
  readonly children: Children;
  readonly folder: string;
  readonly profileFolder: string | undefined;
}

/** Starts a server on a free port of the loopback and waits until it says which. */
export async function startServer(
  { children, folder, profileFolder }: Place,
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<Served> {
  started += 1;
  // A file, as a service has one: nobody's core is taken by reading what it logs.
  const outputFile = join(folder, `server-${started}.log`);
  const child = children.start(file, {
    role: 'server',
    env: { NODE_ENV: 'production', ...env, HOST: '127.0.0.1', PORT: '0' },
    outputFile,
    nodeArgs: profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`],
  });
  for (const giveUpAt = performance.now() + startWithinMs; performance.now() < giveUpAt; await sleep(20)) {
    const port = /listens on port (\d+)/.exec(readFileSync(outputFile, 'utf8'))?.[1];
    if (port) return { url: `http://127.0.0.1:${port}`, cpuSeconds: () => cpuSecondsOf(child) };
    if (child.exitCode !== null || child.signalCode !== null) break;
  }
  throw new Error(`${file} does not listen.`);
}

async function cpuSecondsOf(child: ChildProcess): Promise<number> {
  const answer = answerOf(child, 10);
  child.send('cpu');
  const { user, system } = (await answer) as NodeJS.CpuUsage;
  return (user + system) / 1e6;
}
