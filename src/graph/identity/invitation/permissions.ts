import { administrator } from '../../core/rules.ts';

/** Who may use the root fields of this folder. */
export const invitationPermissions = { Mutation: { createInvitation: administrator } };
