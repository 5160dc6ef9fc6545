// `npm run build`: the generated clients, then src/ compiled to dist/. Does nothing when dist/ is
// current; `--force` builds anyway. bench/ and tools/ are built only for what runs them.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lib/lock.mjs';
import { root } from './lib/models.mjs';
import { report } from './lib/report.mjs';
import { filesBelow, hashOf, isCurrent, writeStamp } from './lib/stamp.mjs';
import { generate, isGenerated } from './prisma-generate.mjs';

/** Where bench/ and tools/ are compiled to. */
export const toolsFolder = `${root}/.cache/tools`;

const commonInputs = ['tsconfig.json', 'package-lock.json', 'scripts/build.mjs'];
const server = {
  name: 'src/',
  project: 'tsconfig.build.json',
  inputs: ['src', 'tsconfig.build.json', ...commonInputs],
  stampFile: `${root}/.cache/build.stamp`,
  output: `${root}/dist`,
  complete: copyAssets,
};
const tools = {
  name: 'bench/ and tools/',
  project: 'tsconfig.tools.json',
  inputs: ['bench', 'tools', 'tsconfig.tools.json', ...commonInputs],
  stampFile: `${root}/.cache/tools.stamp`,
  output: toolsFolder,
  // They import `../src/…`: the compiled server, once, from where it finds its own files.
  complete: (folder) => symlinkSync('../../dist', `${folder}/src`, 'dir'),
};

/**
 * Compiles src/ to dist/ when it has changed, and with `withTools` bench/ and tools/ to `toolsFolder`. Throws,
 * leaving the folder as it was, when something does not compile. One process at a time: a second one would
 * swap dist/ under the first, which has begun to load it.
 */
export function build({ force = false, withTools = false } = {}) {
  const parts = withTools ? [server, tools] : [server];
  // Before the lock, which takes write permission: a server that is built can be started without it.
  if (!force && isGenerated() && parts.every(isBuilt)) return;
  if (!existsSync(`${root}/node_modules/typescript`))
    throw new Error(`the packages are not installed; run \`npm ci\` in ${root} first`);
  withLock(`${root}/.cache/build.lock`, () => {
    generate({ force });
    for (const part of parts) if (force || !isBuilt(part)) buildPart(part);
  });
}

const stampOf = ({ inputs }) => hashOf(inputs.map((path) => `${root}/${path}`));

const isBuilt = (part) => isCurrent(part.stampFile, stampOf(part), [part.output]);

function buildPart({ name, project, inputs, stampFile, output, complete }) {
  report(`Compiling ${name}`);
  // Before the compiler reads them: what changes meanwhile is compiled the next time.
  const stamp = stampOf({ inputs });
  // Built beside the old folder and swapped in: a failed build, or a deleted source, must leave nothing there.
  const unfinished = `${root}/.cache/unfinished-${process.pid}`;
  try {
    compile(project, unfinished);
    complete(unfinished);
    rmSync(output, { recursive: true, force: true });
    renameSync(unfinished, output);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  writeStamp(stampFile, stamp);
}

function compile(project, outDir) {
  const tsc = `${root}/node_modules/typescript/bin/tsc`;
  // Types are `npm run types`' business, in CI: the check takes 10 s and 600 MB, the rest 2 s.
  const options = ['--project', project, '--noCheck', '--noEmitOnError', '--outDir', outDir];
  try {
    execFileSync(process.execPath, [tsc, ...options], {
      cwd: root,
      stdio: ['ignore', process.stderr, process.stderr],
    });
  } catch (cause) {
    throw new Error(`${project} does not compile`, { cause });
  }
}

function copyAssets(outDir) {
  for (const file of filesBelow(`${root}/src`)) {
    if (file.endsWith('.ts')) continue;
    const copy = `${outDir}/${relative(`${root}/src`, file)}`;
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build({ force: process.argv.includes('--force') });
