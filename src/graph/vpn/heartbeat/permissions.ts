import { signedIn } from '../../core/rules.ts';
import { organizationReader } from '../rules.ts';

/** Who may use the root fields of this folder. */
export const heartbeatPermissions = {
  Query: { vpnHeartbeats: organizationReader },
  // The hot path: membership and role are read for all heartbeats of a group by one statement.
  Mutation: { recordVpnHeartbeat: signedIn },
};
