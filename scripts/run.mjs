// `node scripts/run.mjs main.js [arguments]` builds dist/ when it is stale and runs a file of it, in
// this very process: a signal that npm passes on reaches the server, and no parent stands between.
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { root } from './lib/models.mjs';

const [node, , file, ...rest] = argv;
try {
  build();
} catch {
  // The compiler has said what is wrong.
  process.exit(1);
}
const path = `${root}/dist/${file}`;
argv.splice(0, argv.length, node, path, ...rest);
await import(pathToFileURL(path).href);
