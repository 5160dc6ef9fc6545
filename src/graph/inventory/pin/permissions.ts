import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. Whether a bin may be pinned is checked by `accessBin` and its like. */
export const pinPermissions = {
  Query: { pinnedBins: signedIn },
  Mutation: { pinBin: signedIn, unpinBin: signedIn, reorderPins: signedIn },
};
