import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Who runs where: what is measured has a core that what measures leaves alone. */
export type Role = 'server' | 'load';

const cores: Record<Role, string> = { server: '0', load: '1' };
const leash = fileURLToPath(new URL('./leash.js', import.meta.url));
const folders = (process.env.PATH ?? '').split(delimiter);

/** Whether children can be kept on cores of their own. */
export const canPin =
  availableParallelism() > 1 && folders.some((folder) => existsSync(join(folder, 'taskset')));

export interface ChildOptions {
  readonly role: Role;
  /** The whole environment beside PATH: nothing of the caller's (DATABASE_URL, NODE_OPTIONS) may leak in. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gets standard output; without it that is thrown away. */
  readonly outputFile?: string;
  readonly nodeArgs?: readonly string[];
}

/** The processes of one run of the benchmark. */
export interface Children {
  /** Starts a compiled file, by its path in the repository. It ends when this process does, however that happens. */
  start(file: string, options: ChildOptions): ChildProcess;
  /** Ends a process and waits until it is gone; at once by SIGKILL after three seconds. */
  stop(child: ChildProcess): Promise<void>;
  stopAll(): Promise<void>;
}

/** Makes the register of children. */
export function createChildren(): Children {
  const running = new Set<ChildProcess>();

  async function stop(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(late);
  }

  return {
    start(file, { role, env = {}, outputFile, nodeArgs = [] }) {
      const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
      const command = [process.execPath, ...nodeArgs, leash, path];
      const [program = '', ...args] = canPin ? ['taskset', '-c', cores[role], ...command] : command;
      const output = outputFile === undefined ? 'ignore' : openSync(outputFile, 'a');
      const child = spawn(program, args, {
        env: { PATH: process.env.PATH, ...env },
        stdio: ['ignore', output, 'inherit', 'ipc'],
      });
      if (typeof output === 'number') closeSync(output);
      running.add(child);
      child.once('exit', () => running.delete(child));
      return child;
    },
    stop,
    stopAll: async () => void (await Promise.all([...running].map(stop))),
  };
}

/** The next message of a child. Throws when it ends, or is silent for so long. */
export async function answerOf(child: ChildProcess, withinSeconds: number): Promise<unknown> {
  const enough = new AbortController();
  const signal = AbortSignal.any([enough.signal, AbortSignal.timeout(withinSeconds * 1000)]);
  const answered = once(child, 'message', { signal }).then(([message]) => message as unknown);
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`A child process ended with ${code}.`);
  });
  try {
    return await Promise.race([answered, ended]);
  } catch (error) {
    throw (error as Error).name === 'AbortError' ? new Error('A child process does not answer.') : error;
  } finally {
    enough.abort();
    await Promise.allSettled([answered, ended]);
  }
}
