import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. Roles depend on the location and are checked by `requireRole`. */
export const areaPermissions = {
  Mutation: { createArea: signedIn, renameArea: signedIn, deleteArea: signedIn },
};
