import type { PrismaClient } from '../../generated/sqlite/client.ts';
import type { AccountSnapshot } from '../identity/account/snapshot.ts';
import type { Services } from './services.ts';

/** With what a caller proved who they are. */
export type Credential =
  | {
      readonly kind: 'API_KEY';
      readonly id: string;
      readonly prefix: string;
      /** What its owner calls it. */
      readonly name: string;
      /** The VPN organization that the key is bound to; null leaves it to the account's own. */
      readonly organizationId: number | null;
    }
  | { readonly kind: 'SESSION'; readonly id: string; readonly expiresAt: Date }
  /** The command line of the person who runs the server; it never comes over the network. */
  | { readonly kind: 'OPERATOR' };

/** A signed-in caller. */
export interface Caller {
  readonly account: AccountSnapshot;
  readonly credential: Credential;
}

/** What is known of the request, whichever endpoint it came by. */
export interface RequestInfo {
  /** Echoed as X-Request-ID and written to the log. */
  readonly id: string;
  /** The client's address, with forwarded headers believed only under TRUST_PROXY. */
  readonly address: string;
  readonly userAgent: string | undefined;
  /** Scheme, host and port that the caller asked, for links in the answer to this very caller and nowhere else. */
  readonly origin: () => string;
  /** Scheme, host and port for links in mails, such as `https://api.binboi.com`. */
  readonly publicUrl: () => string;
}

/** The context of every resolver. */
export interface GraphContext {
  readonly db: PrismaClient;
  readonly services: Services;
  readonly request: RequestInfo;
  /** Null for a request without a credential; a wrong credential never gets this far. */
  readonly caller: Caller | null;
}
