import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. Roles depend on the location and are checked by `requireRole`. */
export const locationPermissions = {
  Query: { locations: signedIn, location: signedIn, invitePreview: signedIn },
  Mutation: {
    createLocation: signedIn,
    updateLocation: signedIn,
    deleteLocation: signedIn,
    joinLocation: signedIn,
    regenerateInviteCode: signedIn,
    setActiveLocation: signedIn,
  },
};
