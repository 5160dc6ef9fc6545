import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. */
export const apiKeyPermissions = { Mutation: { createApiKey: signedIn, revokeApiKey: signedIn } };
