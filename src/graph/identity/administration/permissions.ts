import { administrator } from '../../core/rules.ts';

/** Who may use the root fields of this folder. */
export const administrationPermissions = {
  Query: { accounts: administrator, account: administrator },
  Mutation: { createAccount: administrator, updateAccount: administrator, revokeAnyApiKey: administrator },
};
