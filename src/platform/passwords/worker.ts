import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { type HashAnswer, type HashJob, WORKER_SOURCE } from './workerSource.ts';

/**
 * Why processes and not libuv's pool, on 2 cores under a flood of logins: what the other routes kept of their throughput
 * was 0.44-0.63 with the pool and two hashes at a time, 0.70-0.83 with one, 0.77-1.0 with one process of lower priority.
 * A third of the server's weight: a tenth (10) gained the others nothing measurable and starved logins on a busy machine.
 */
const NICENESS = 5;

/** Ends with the job unanswered. */
class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError';
}

/** A child process that hashes, one job at a time. */
export interface HashWorker {
  /** Starts the process when there is none. A job whose process died is tried once more in a new one. */
  run(job: HashJob): Promise<string | boolean>;
  /** Ends the process; a running job is rejected. */
  close(): Promise<void>;
}

/** Makes a worker; its process starts with the first job. */
export function createHashWorker(): HashWorker {
  let child: ChildProcess | undefined;
  let isClosed = false;

  function start(): ChildProcess {
    const started = spawn(process.execPath, ['--eval', WORKER_SOURCE], {
      // Not the server's environment: it holds SECRET_KEY and the rest, and NODE_OPTIONS is not meant for this one.
      env: { PATH: process.env.PATH, LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH, UV_THREADPOOL_SIZE: '1' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const forget = () => {
      if (child === started) child = undefined;
    };
    started.on('exit', forget).on('error', forget);
    lowerPriority(started.pid);
    return started;
  }

  async function attempt(job: HashJob): Promise<string | boolean> {
    if (isClosed) throw new WorkerLostError('The password hasher is closed.');
    child ??= start();
    const current = child;
    keepParentAlive(current, true);
    try {
      const answer = await ask(current, job);
      if (answer.value === undefined) throw new Error(answer.error);
      return answer.value;
    } finally {
      keepParentAlive(current, false);
    }
  }

  return {
    async run(job) {
      try {
        return await attempt(job);
      } catch (error) {
        if (!(error instanceof WorkerLostError) || isClosed) throw error;
        // Whatever is left of it must not stay behind.
        child?.kill('SIGKILL');
        child = undefined;
        return attempt(job);
      }
    },
    async close() {
      isClosed = true;
      const last = child;
      if (last === undefined || last.exitCode !== null || last.signalCode !== null) return;
      // An idle process is not waited for: with nothing else left to do, ours would end in the midst of this.
      keepParentAlive(last, true);
      const ended = once(last, 'exit');
      last.kill('SIGKILL');
      await ended;
    },
  };
}

function ask(child: ChildProcess, job: HashJob): Promise<HashAnswer> {
  return new Promise<HashAnswer>((resolve, reject) => {
    const onLost = () => settle(() => reject(new WorkerLostError('The password worker ended.')));
    const onMessage = (answer: unknown) => settle(() => resolve(answer as HashAnswer));
    function settle(finish: () => void): void {
      child.off('message', onMessage).off('exit', onLost).off('error', onLost);
      finish();
    }
    child.once('message', onMessage).once('exit', onLost).once('error', onLost);
    child.send(job, (error) => error && onLost());
  });
}

/** Only a running job keeps the server's process from ending. */
function keepParentAlive(child: ChildProcess, isBusy: boolean): void {
  if (isBusy) child.ref();
  else child.unref();
  if (isBusy) child.channel?.ref();
  else child.channel?.unref();
}

function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, NICENESS);
  } catch {
    // The process has ended already, or the system knows no priorities: slower for the others, not wrong.
  }
}
