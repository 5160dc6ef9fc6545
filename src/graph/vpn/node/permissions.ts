import { organizationReader, organizationWriter } from '../rules.ts';

/** Who may use the root fields of this folder. */
export const nodePermissions = {
  Query: { vpnNodes: organizationReader, vpnNode: organizationReader },
  Mutation: {
    createVpnNode: organizationWriter,
    updateVpnNode: organizationWriter,
    deleteVpnNode: organizationWriter,
    redeployVpnNode: organizationWriter,
    setVpnNodeEnabled: organizationWriter,
  },
  Subscription: { vpnNodeChanges: organizationReader },
};
