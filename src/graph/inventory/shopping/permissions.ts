import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. Roles depend on the location and are checked by `accessEntry` and its like. */
export const shoppingPermissions = {
  Mutation: {
    addShoppingEntry: signedIn,
    addShoppingEntries: signedIn,
    removeShoppingEntry: signedIn,
    purchaseShoppingEntry: signedIn,
  },
};
