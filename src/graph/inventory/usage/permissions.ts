import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. Who may see a bin is checked by `accessBin`. */
export const usagePermissions = {
  Query: { binUsage: signedIn },
  Mutation: { recordBinUse: signedIn },
};
