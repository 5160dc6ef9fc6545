import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. Roles depend on the location and are checked by `accessBin` and its like. */
export const checkoutPermissions = {
  Query: { binCheckouts: signedIn },
  Mutation: {
    checkOutItem: signedIn,
    returnItem: signedIn,
    checkOutItems: signedIn,
    returnCheckouts: signedIn,
  },
};
