import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. Roles depend on the location and are checked by `requireRole` and its like. */
export const batchPermissions = {
  Mutation: { runBatch: signedIn },
};
