import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. Roles depend on the location and are checked by `accessBin` and `accessItems`. */
export const itemPermissions = {
  Query: { items: signedIn },
  Mutation: {
    addBinItems: signedIn,
    updateBinItem: signedIn,
    setBinItemQuantity: signedIn,
    removeBinItem: signedIn,
    reorderBinItems: signedIn,
    deleteItems: signedIn,
    restoreItems: signedIn,
    moveItems: signedIn,
    changeItemQuantities: signedIn,
  },
};
