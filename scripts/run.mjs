// `node scripts/run.mjs main.js [arguments]` builds dist/ when it is stale and runs a file of it, in
// this very process: a signal that npm passes on reaches the server, and no parent stands between.
// `bench/…` and `tools/…` name files of those folders, which are no part of the server.
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { build, toolsFolder } from './build.mjs';
import { root } from './lib/models.mjs';

const [node, , file, ...rest] = argv;
const isTool = /^(bench|tools)\//.test(file);
try {
  build({ withTools: isTool });
} catch {
  // The compiler has said what is wrong.
  process.exit(1);
}
const path = `${isTool ? toolsFolder : `${root}/dist`}/${file}`;
argv.splice(0, argv.length, node, path, ...rest);
await import(pathToFileURL(path).href);
