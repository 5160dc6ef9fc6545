// `npm run build`: the generated clients, then src/ compiled to dist/. Does nothing when dist/ is
// current; `--force` builds anyway. bench/ and tools/ are built only for what runs them.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lib/lock.mjs';
import { root } from './lib/models.mjs';
import { filesBelow, hashOf, isCurrent, writeStamp } from './lib/stamp.mjs';
import { generate } from './prisma-generate.mjs';

/** Where bench/ and tools/ are compiled to. */
export const toolsFolder = `${root}/.cache/tools`;

const commonInputs = ['tsconfig.json', 'package-lock.json', 'scripts/build.mjs'];
const server = {
  project: 'tsconfig.build.json',
  inputs: ['src', 'tsconfig.build.json', ...commonInputs],
  stampFile: `${root}/.cache/build.stamp`,
  output: `${root}/dist`,
  complete: copyAssets,
};
const tools = {
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
  withLock(`${root}/.cache/build.lock`, () => {
    generate({ force });
    buildAlone(server, force);
    if (withTools) buildAlone(tools, force);
  });
}

function buildAlone({ project, inputs, stampFile, output, complete }, force) {
  const stamp = hashOf(inputs.map((path) => `${root}/${path}`));
  if (!force && isCurrent(stampFile, stamp, [output])) return;

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
  execFileSync(process.execPath, [tsc, ...options], { cwd: root, stdio: 'inherit' });
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
