import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '../../../src/platform/log/log.ts';

const log = createLog({ logLevel: 'info' });
const [how] = process.argv.slice(2);

if (how === 'outlive-reader') {
  log.warn('first words');
  for (let line = 0; line < 20; line += 1) {
    await sleep(50);
    log.info('nobody reads this');
    log.warn('nor this');
  }
  process.exit(7);
}
log.info('last words');
if (how === 'throw') throw new Error('unforeseen');
process.exit(0);
