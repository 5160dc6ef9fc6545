import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. */
export const settingsPermissions = { Mutation: { saveSettings: signedIn } };
