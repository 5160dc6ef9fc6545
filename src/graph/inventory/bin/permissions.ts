import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. Roles depend on the bin's location and are checked by `accessBin` and its like. */
export const binPermissions = {
  Query: { bins: signedIn, bin: signedIn, binByShortCode: signedIn, trashedBins: signedIn },
  Mutation: {
    createBin: signedIn,
    updateBin: signedIn,
    deleteBin: signedIn,
    restoreBin: signedIn,
    eraseBin: signedIn,
    changeShortCode: signedIn,
    moveBin: signedIn,
    duplicateBin: signedIn,
    addBinTags: signedIn,
  },
};
