import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerProcess } from '../../support/serverProcess.ts';
import { type Block, root } from './markdown.ts';

const marker = '~~~ next block ~~~';

/** The text with the test's server and folder in the place of those that a reader has. */
export function adapted(text: string, { port, dataDir }: ServerProcess): string {
  return text.replaceAll('localhost:4000', `localhost:${port}`).replace(/(?<![\w./-])data\//g, `${dataDir}/`);
}

/**
 * Runs the bash blocks of a document as a reader would, one after the other in one shell that stops
 * at the first failure; answers what each printed. Throws with the shell's complaint.
 */
export async function runBlocks(blocks: readonly Block[], server: ServerProcess): Promise<string[]> {
  const script = blocks.map(({ text }) => `${adapted(text, server)}\necho; echo '${marker}'\n`).join('');
  const file = join(server.dataDir, 'tour.sh');
  writeFileSync(file, `set -euo pipefail\n${script}`);
  const printed = await new Promise<string>((resolve, reject) => {
    execFile('bash', [file], { cwd: root, env: server.env, timeout: 300_000 }, (error, stdout, stderr) => {
      const done = stdout.split(marker).length - 1;
      if (!error) return resolve(stdout);
      reject(new Error(`The block of line ${blocks[done]?.line} failed: ${stderr}\n${stdout}`));
    });
  });
  return printed.split(marker).slice(0, -1);
}

/** The answer that a block printed last, which may take several lines. */
export function answerOf(printed: string): unknown {
  const lines = printed.trim().split('\n');
  return JSON.parse(lines.slice(lines.findLastIndex((line) => /^[[{]/.test(line))).join('\n'));
}

/** Whether numbers that count up, such as the `id` of a node, must be as shown: only without earlier data. */
export type Counted = 'as shown' | 'any';

/**
 * What of an example must be as it is: names, kinds, and values without digits. Ids, times, tokens
 * and ports differ from run to run. Null stands for any value.
 */
export function differences(example: unknown, actual: unknown, counted: Counted, path = '$'): string[] {
  if (example === null || actual === null) return [];
  if (Array.isArray(example) && Array.isArray(actual)) {
    if (example.length !== actual.length) return [`${path} has ${actual.length} entries`];
    return example.flatMap((item, index) => differences(item, actual[index], counted, `${path}[${index}]`));
  }
  if (typeof example === 'object' && typeof actual === 'object' && !Array.isArray(actual)) {
    const names = new Set([...Object.keys(example), ...Object.keys(actual)]);
    return [...names].flatMap((name) => {
      if (!(name in example)) return [`${path}.${name} is not in the example`];
      if (!(name in actual)) return [`${path}.${name} is missing`];
      const pick = (of: object) => (of as Record<string, unknown>)[name];
      return differences(pick(example), pick(actual), counted, `${path}.${name}`);
    });
  }
  if (typeof example !== typeof actual) return [`${path} is ${JSON.stringify(actual)}`];
  if (counted === 'any' && typeof example === 'number' && /\.(?:id|node)$/.test(path)) return [];
  const varies =
    typeof example === 'string' ? /\d/.test(example) : typeof example === 'number' && example > 1e9;
  return varies || example === actual ? [] : [`${path} is ${JSON.stringify(actual)}`];
}
