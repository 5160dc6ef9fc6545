import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder; roles are checked under the location's lock. */
export const membershipPermissions = {
  Mutation: { removeMember: signedIn, changeMemberRole: signedIn, resetMemberPassword: signedIn },
};
