import type { Config } from '../config/config.ts';
import type { Database } from '../platform/database/database.ts';
import type { Events } from '../platform/events/events.ts';
import type { Limiters } from '../platform/limiter/limiters.ts';
import type { Log } from '../platform/log/log.ts';
import type { Mailer } from '../platform/mail/mailer.ts';
import type { PasswordHasher } from '../platform/passwords/hasher.ts';
import type { Keyring } from '../platform/secrets/keyring.ts';
import { createBackground } from './core/background.ts';
import { joinLifecycles } from './core/lifecycle.ts';
import type { Services } from './core/services.ts';
import { createSite } from './core/site.ts';
import { createKeyUse } from './identity/apiKey/keyUse.ts';
import { addIdentityServices } from './identity/services.ts';
import { createCredentials } from './identity/session/credentials.ts';
import { createSessionTokens } from './identity/session/sessionTokens.ts';
import { inventoryLifecycle } from './inventory/lifecycle.ts';
import { addInventoryServices } from './inventory/services.ts';
import { tunnelsLifecycle } from './tunnels/lifecycle.ts';
import { vpnLifecycle } from './vpn/lifecycle.ts';
import { addVpnServices } from './vpn/vpnServices.ts';

/** The platform parts that the graph stands on. */
export interface Platform {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly events: Events;
  readonly mailer: Mailer;
  readonly hasher: PasswordHasher;
  readonly limiters: Limiters;
  readonly keyring: Keyring;
}

/** Puts the graph's services together, once a process; here alone all wings are known. */
export function createServices(platform: Platform): Services {
  const { config, log, database, events, mailer, hasher, keyring } = platform;
  const background = createBackground(log);
  const sessionTokens = createSessionTokens(keyring.derive('session-tokens'));
  const keyUse = createKeyUse(database, background);
  const services: Services = {
    config,
    log,
    database,
    events,
    mailer,
    site: createSite(config),
    hasher,
    background,
    credentials: createCredentials({ database, events, sessionTokens, keyUse }),
    lifecycle: joinLifecycles([inventoryLifecycle, tunnelsLifecycle, vpnLifecycle]),
  };
  addIdentityServices(services, { ...platform, sessionTokens });
  addInventoryServices(services);
  addVpnServices(services, platform);
  return services;
}
