import { allow } from 'graphql-shield';
import { signedIn } from '../../core/rules.ts';

/** Who may use the root fields of this folder. */
export const identityPermissions = { Mutation: { signInWithGoogle: allow, unlinkIdentity: signedIn } };
