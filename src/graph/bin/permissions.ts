import { signedIn } from '../rules.ts';

/** Who may use the root fields of this folder. Roles depend on the bin's location and are checked by `accessBin` and its like. */
export const binPermissions = {
  Query: { bins: signedIn, bin: signedIn, binByShortCode: signedIn },
  Mutation: { createBin: signedIn, updateBin: signedIn },
};
