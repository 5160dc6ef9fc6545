import type { Config } from '../config.ts';
import type { Database } from '../platform/database/database.ts';
import type { Events } from '../platform/events/events.ts';
import type { Limiters } from '../platform/limiter/limiters.ts';
import type { Log } from '../platform/log/log.ts';
import type { Mailer } from '../platform/mail/mailer.ts';
import type { PasswordHasher } from '../platform/passwords/hasher.ts';
import type { Keyring } from '../platform/secrets/keyring.ts';
import { createAddressLimit } from './account/addressLimit.ts';
import { createMailLimits } from './account/mailLimits.ts';
import { createActivityRecorder } from './activity/recorder.ts';
import { createKeyUse } from './apiKey/keyUse.ts';
import { createGoogleTokens } from './identity/googleTokens.ts';
import { createBinSearch } from './search/binSearch.ts';
import { createItemSearch } from './search/itemSearch.ts';
import { createTurns } from './search/turns.ts';
import { createCodes } from './secret/codes.ts';
import type { Services } from './services.ts';
import { createCredentials } from './session/credentials.ts';
import { createSessionTokens } from './session/sessionTokens.ts';
import { createSignInGuard } from './session/signInGuard.ts';
import { createBackground } from './shared/background.ts';
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
  const turns = createTurns();
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
    binSearch: createBinSearch(database, turns),
    itemSearch: createItemSearch(database, turns),
    countAnonymousWork: createAddressLimit(limiters),
    codes: createCodes(keyring.derive('one-time-codes')),
    googleTokens: createGoogleTokens(config),
  };
}
