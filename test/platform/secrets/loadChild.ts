import { loadMasterSecret } from '../../../src/platform/secrets/masterSecret.ts';

// Arguments: the data folder, and the moment at which all children begin.
const [, , dataDir = '', startAtMs = '0'] = process.argv;
while (Date.now() < Number(startAtMs)) {
  // Spins, so that all begin in the same millisecond.
}
const secret = await loadMasterSecret({ dataDir });
process.stdout.write(secret.toString('hex'));
