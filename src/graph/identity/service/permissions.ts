import { allow } from 'graphql-shield';

/** Who may use the root fields of this folder. */
export const servicePermissions = { Query: { service: allow } };
