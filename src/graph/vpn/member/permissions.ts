import { organizationReader, organizationWriter } from '../rules.ts';

/** Who may use the root fields of this folder. */
export const memberPermissions = {
  Mutation: {
    updateOrganizationMember: organizationWriter,
    removeOrganizationMember: organizationWriter,
    // To leave is everybody's right, from a suspended organization too.
    leaveOrganization: organizationReader,
  },
};
