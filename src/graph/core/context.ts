import type { PrismaClient } from '../../generated/sqlite/client.ts';
import type { Caller } from './caller.ts';
import type { Services } from './services.ts';

export type { AccountSnapshot, Caller, Credential } from './caller.ts';

/** What a contract opens to API keys although it changes how the account's owner gets in. */
export type KeyRight = 'CHANGE_PASSWORD' | 'DELETE_ACCOUNT' | 'UNLINK_IDENTITY';

/** What is known of the request, whichever endpoint it came by. */
export interface RequestInfo {
  /** Echoed as X-Request-ID and written to the log. */
  readonly id: string;
  /** The client's address, with forwarded headers believed only under TRUST_PROXY. */
  readonly address: string;
  readonly userAgent: string | undefined;
  /** Scheme, host and port that the caller asked, for links in the answer to this very caller and nowhere else. */
  readonly origin: () => string;
  /** The sender that the contract of the called API names for mails; most name none. */
  readonly mailFrom?: string | undefined;
  /** What the contract of the called API opens to API keys; nothing in the graph itself. */
  readonly keyRights?: readonly KeyRight[] | undefined;
  /** True at an API that is of no use to an account without a proven address. */
  readonly requiresProvenAddress?: boolean | undefined;
  /** True where the contract of the called API knows no rule for passwords but their length. */
  readonly takesCommonPasswords?: boolean | undefined;
}

/** The context of every resolver. */
export interface GraphContext {
  readonly db: PrismaClient;
  readonly services: Services;
  readonly request: RequestInfo;
  /** Null for a request without a credential; a wrong credential never gets this far. */
  readonly caller: Caller | null;
}
