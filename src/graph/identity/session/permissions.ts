import { allow } from 'graphql-shield';
import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. */
export const sessionPermissions = {
  Mutation: {
    signIn: allow,
    // The refresh token is itself the credential.
    refreshSession: allow,
    // So are the tokens of a session that is to end.
    endPresentedSession: allow,
    endRenewals: signedIn,
    signOut: signedIn,
    endSession: signedIn,
    endAllSessions: signedIn,
  },
};
