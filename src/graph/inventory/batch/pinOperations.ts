import { pinBin, unpinBin } from '../pin/pinBin.ts';
import { operation, quoted } from './operation.ts';

/** `pin_bin`. */
export const pin = operation({
  required: ['binId'],
  async run({ context, bin }, { binId }) {
    const access = await bin(binId);
    await pinBin(context, access, { limit: Number.POSITIVE_INFINITY });
    return { details: `Pinned the bin ${quoted(access.bin.name)}` };
  },
});

/** `unpin_bin`. */
export const unpin = operation({
  required: ['binId'],
  async run({ context, bin }, { binId }) {
    const access = await bin(binId);
    await unpinBin(context, access.caller, binId);
    return { details: `Unpinned the bin ${quoted(access.bin.name)}` };
  },
});
