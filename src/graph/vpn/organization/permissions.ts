import { organizationManager, organizationReader, organizationWriter } from '../rules.ts';

/** Who may use the root fields of this folder. */
export const organizationPermissions = {
  Query: { organization: organizationReader },
  Mutation: { updateOrganization: organizationWriter, setOrganizationStatus: organizationManager },
};
