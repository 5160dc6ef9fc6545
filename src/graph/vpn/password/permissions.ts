import { allow } from 'graphql-shield';
import { organizationReader, organizationWriter } from '../rules.ts';

/** Who may use the root fields of this folder. */
export const passwordPermissions = {
  Query: {
    vpnPasswords: organizationReader,
    vpnPassword: organizationReader,
    sharedVpnPassword: allow,
  },
  Mutation: {
    createVpnPassword: organizationWriter,
    updateVpnPassword: organizationWriter,
    deleteVpnPassword: organizationWriter,
  },
};
