import type { Config } from '../../config/config.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Events } from '../../platform/events/events.ts';
import type { Limiters } from '../../platform/limiter/limiters.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Keyring } from '../../platform/secrets/keyring.ts';
import { type Services, wingServices } from '../core/services.ts';
import { createHeartbeats, type Heartbeats } from './heartbeat/heartbeats.ts';
import { createNodeChanges, type NodeChanges } from './node/nodeChanges.ts';
import { createPasswordVault, type PasswordVault } from './password/vault.ts';

/** What the resolvers of VPN nodes work with. */
export interface VpnServices {
  readonly vault: PasswordVault;
  readonly heartbeats: Heartbeats;
  readonly nodeChanges: NodeChanges;
}

interface VpnPlatform {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly events: Events;
  readonly limiters: Limiters;
  readonly keyring: Keyring;
}

const own = wingServices<VpnServices>('vpn');

/** The services of VPN nodes. */
export const vpnServices = own.of;

/** Puts them together, once a process. */
export function addVpnServices(services: Services, { keyring, ...platform }: VpnPlatform): void {
  const vault = createPasswordVault(keyring);
  const nodeChanges = createNodeChanges({ ...platform, credentials: services.credentials });
  const heartbeats = createHeartbeats({ ...platform, vault, nodeChanges });
  own.add(services, { vault, nodeChanges, heartbeats });
}
