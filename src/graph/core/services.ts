import type { Config } from '../../config/config.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Events } from '../../platform/events/events.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { CountAnonymousWork } from '../identity/account/addressLimit.ts';
import type { MailLimits } from '../identity/account/mailLimits.ts';
import type { KeyUse } from '../identity/apiKey/keyUse.ts';
import type { GoogleTokens } from '../identity/federated/googleTokens.ts';
import type { Codes } from '../identity/secret/codes.ts';
import type { Credentials } from '../identity/session/credentials.ts';
import type { SessionTokens } from '../identity/session/sessionTokens.ts';
import type { SignInGuard } from '../identity/session/signInGuard.ts';
import type { ActivityRecorder } from '../inventory/activity/recorder.ts';
import type { BinSearch } from '../inventory/search/binSearch.ts';
import type { ItemSearch } from '../inventory/search/itemSearch.ts';
import type { VpnServices } from '../vpn/vpnServices.ts';
import type { Background } from './background.ts';

/** What resolvers work with, made once a process by `createServices`. */
export interface Services {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly events: Events;
  readonly mailer: Mailer;
  readonly hasher: PasswordHasher;
  /** Work that must not hold up an answer. */
  readonly background: Background;
  readonly credentials: Credentials;
  readonly keyUse: KeyUse;
  readonly sessionTokens: SessionTokens;
  readonly signInGuard: SignInGuard;
  readonly mailLimits: MailLimits;
  readonly vpn: VpnServices;
  readonly activity: ActivityRecorder;
  readonly binSearch: BinSearch;
  readonly itemSearch: ItemSearch;
  readonly countAnonymousWork: CountAnonymousWork;
  readonly codes: Codes;
  readonly googleTokens: GoogleTokens;
}
