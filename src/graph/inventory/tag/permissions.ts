import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. Roles depend on the location and are checked by `requireRole`. */
export const tagPermissions = {
  Mutation: {
    setTagStyle: signedIn,
    clearTagStyle: signedIn,
    renameTag: signedIn,
    deleteTag: signedIn,
    deleteTags: signedIn,
    setTagParents: signedIn,
    setTagColors: signedIn,
    mergeTags: signedIn,
    applyTagPlan: signedIn,
  },
};
