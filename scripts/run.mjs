// `node scripts/run.mjs main.js [arguments]` builds dist/ when it is stale and runs a file of it, in
// this very process: a signal that npm passes on reaches the server, and no parent stands between.
// `bench/…` and `tools/…` name files of those folders, which are no part of the server.
import './lib/node-version.mjs';
import module from 'node:module';
import { argv, exit } from 'node:process';
import { pathToFileURL } from 'node:url';

// Not static: a version that is too old would fail on the syntax of these files first.
const { build, toolsFolder } = await import('./build.mjs');
const { root } = await import('./lib/models.mjs');

const [node, , file, ...rest] = argv;
const isTool = /^(bench|tools)\//.test(file);
try {
  build({ withTools: isTool });
} catch (error) {
  const isRefused = ['EACCES', 'EPERM', 'EROFS'].includes(error.code);
  const reason = isRefused
    ? `this user may not write to ${error.path ?? root} (${error.code}); run it as the user who owns ${root}`
    : error.message;
  console.error(`Latchkey cannot be built: ${reason}.`);
  exit(1);
}
// Node.js 22 keeps the compiled code of all modules there, which saves a tenth of the next start.
module.enableCompileCache?.(`${root}/.cache/compiled`);
const path = `${isTool ? toolsFolder : `${root}/dist`}/${file}`;
argv.splice(0, argv.length, node, path, ...rest);
await import(pathToFileURL(path).href);
