import { allow } from 'graphql-shield';
import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. */
export const accountPermissions = {
  Query: { viewer: signedIn, credential: signedIn },
  Mutation: {
    register: allow,
    verifyEmail: allow,
    verifyEmailCode: allow,
    resendVerification: allow,
    requestPasswordReset: allow,
    resetPassword: allow,
    openAccount: allow,
    updateProfile: signedIn,
    updateViewer: signedIn,
    deleteViewer: signedIn,
  },
};
