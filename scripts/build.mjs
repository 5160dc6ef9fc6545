// `npm run build`: the generated clients, then src/ compiled to dist/. Does nothing when dist/ is
// current; `--force` builds anyway.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lib/lock.mjs';
import { root } from './lib/models.mjs';
import { filesBelow, hashOf, isCurrent, writeStamp } from './lib/stamp.mjs';
import { generate } from './prisma-generate.mjs';

const stampFile = `${root}/.cache/build.stamp`;
const inputs = ['src', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'scripts/build.mjs'];

/**
 * Compiles src/ to dist/ when it has changed. Throws, leaving dist/ as it was, when it does not compile.
 * One process at a time: a second one would swap dist/ under the first, which has begun to load it.
 */
export function build({ force = false } = {}) {
  withLock(`${root}/.cache/build.lock`, () => buildAlone(force));
}

function buildAlone(force) {
  generate({ force });
  const stamp = hashOf(inputs.map((path) => `${root}/${path}`));
  if (!force && isCurrent(stampFile, stamp, [`${root}/dist`])) return;

  // Built beside dist/ and swapped in: a failed build, or a deleted source, must leave nothing there.
  const unfinished = `${root}/.cache/dist-${process.pid}`;
  try {
    compile(unfinished);
    copyAssets(unfinished);
    rmSync(`${root}/dist`, { recursive: true, force: true });
    renameSync(unfinished, `${root}/dist`);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  writeStamp(stampFile, stamp);
}

function compile(outDir) {
  const tsc = `${root}/node_modules/typescript/bin/tsc`;
  // Types are `npm run types`' business, in CI: the check takes 10 s and 600 MB, the rest 2 s.
  const project = ['--project', 'tsconfig.build.json', '--noCheck', '--noEmitOnError', '--outDir', outDir];
  execFileSync(process.execPath, [tsc, ...project], { cwd: root, stdio: 'inherit' });
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
