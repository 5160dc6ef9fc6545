import { signedIn } from '../../core/rules.ts';
import { organizationWriter } from '../rules.ts';

/** Who may use the root fields of this folder. */
export const invitationPermissions = {
  Mutation: {
    inviteOrganizationMember: organizationWriter,
    revokeOrganizationInvitation: organizationWriter,
    // The token is the permission.
    acceptOrganizationInvitation: signedIn,
  },
};
