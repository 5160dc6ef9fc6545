import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. */
export const scanPermissions = {
  Mutation: { recordScan: signedIn, clearScans: signedIn },
};
