import type { Config } from '../config/config.ts';
import type { Database } from '../platform/database/database.ts';
import type { Events } from '../platform/events/events.ts';
import type { Limiters } from '../platform/limiter/limiters.ts';
import type { Log } from '../platform/log/log.ts';
import type { Mailer } from '../platform/mail/mailer.ts';
import type { PasswordHasher } from '../platform/passwords/hasher.ts';
import type { Keyring } from '../platform/secrets/keyring.ts';
import { createBackground } from './core/background.ts';
import type { Services } from './core/services.ts';
import { createAddressLimit } from './identity/account/addressLimit.ts';
import { createMailLimits } from './identity/account/mailLimits.ts';
import { createKeyUse } from './identity/apiKey/keyUse.ts';
import { createGoogleTokens } from './identity/federated/googleTokens.ts';
import { createCodes } from './identity/secret/codes.ts';
import { createCredentials } from './identity/session/credentials.ts';
import { createSessionTokens } from './identity/session/sessionTokens.ts';
import { createSignInGuard } from './identity/session/signInGuard.ts';
import { createActivityRecorder } from './inventory/activity/recorder.ts';
import { createBinSearch } from './inventory/search/binSearch.ts';
import { createItemSearch } from './inventory/search/itemSearch.ts';
import { createScheduler } from './inventory/search/scheduler.ts';
import { createVpnServices } from './vpn/vpnServices.ts';

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

/** Puts the graph's services together, once a process. */
export function createServices(platform: Platform): Services {
  const { config, log, database, events, mailer, hasher, limiters, keyring } = platform;
  const background = createBackground(log);
  const scheduler = createScheduler();
  const keyUse = createKeyUse(database, background);
  const sessionTokens = createSessionTokens(keyring.derive('session-tokens'));
  return {
    config,
    log,
    database,
    events,
    mailer,
    hasher,
    background,
    keyUse,
    sessionTokens,
    credentials: createCredentials({ database, events, sessionTokens, keyUse }),
    signInGuard: createSignInGuard(limiters),
    mailLimits: createMailLimits(limiters),
    vpn: createVpnServices(platform),
    activity: createActivityRecorder(database, background),
    binSearch: createBinSearch(database, scheduler),
    itemSearch: createItemSearch(database, scheduler),
    countAnonymousWork: createAddressLimit(limiters),
    codes: createCodes(keyring.derive('one-time-codes')),
    googleTokens: createGoogleTokens(config),
  };
}
