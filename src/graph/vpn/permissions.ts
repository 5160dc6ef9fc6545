import { heartbeatPermissions } from './heartbeat/permissions.ts';
import { invitationPermissions } from './invitation/permissions.ts';
import { memberPermissions } from './member/permissions.ts';
import { nodePermissions } from './node/permissions.ts';
import { organizationPermissions } from './organization/permissions.ts';
import { passwordPermissions } from './password/permissions.ts';

/** The rules of the folders below. */
export const vpnPermissions = [
  organizationPermissions,
  memberPermissions,
  invitationPermissions,
  nodePermissions,
  passwordPermissions,
  heartbeatPermissions,
];
