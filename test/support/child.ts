import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';

const loader = new URL('./typescriptLoader.mjs', import.meta.url).href;

/** Starts a TypeScript file in a process of its own. */
export function startChild(file: URL, ...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', loader, file.pathname, ...args]);
}

/** Runs a TypeScript file in a process of its own; answers what it printed. Throws when it fails. */
export async function runChild(file: URL, ...args: string[]): Promise<string> {
  const child = startChild(file, ...args);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${file.pathname} ended with ${code}: ${stderr}`);
  return stdout;
}
