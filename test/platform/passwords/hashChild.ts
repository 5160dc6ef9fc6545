import { readdirSync, readFileSync } from 'node:fs';
import { createPasswordHasher } from '../../../src/platform/passwords/hasher.ts';

// Hashes, prints the id of the worker process, and then stays or comes to its end by itself.
const hasher = createPasswordHasher({ concurrency: 1 });
await hasher.hash('x');
const mine = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isMine(name));
process.stdout.write(mine.join(' '));
if (process.argv[2] === 'stay') setInterval(() => void hasher.hash('y').catch(() => {}), 5);

function isMine(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8').includes(`PPid:\t${process.pid}\n`);
  } catch {
    return false;
  }
}
