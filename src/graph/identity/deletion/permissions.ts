import { allow } from 'graphql-shield';
import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. */
export const deletionPermissions = {
  // Who has asked for the deletion cannot sign in any more; the password is proof enough.
  Mutation: { requestDeletion: signedIn, recoverAccount: allow },
};
