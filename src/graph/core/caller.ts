import type { Account, ApiKeyFormat } from '../../generated/sqlite/client.ts';

/**
 * An account as resolvers see it: the row without its password hash. It travels in the
 * credential cache, so a hash in it would lie in memory for every recent caller.
 */
export interface AccountSnapshot
  extends Omit<Account, 'passwordHash' | 'userNameKey' | 'lockSequence' | 'origin' | 'releasedUserName'> {
  readonly hasPassword: boolean;
}

/** With what a caller proved who they are. */
export type Credential =
  | {
      readonly kind: 'API_KEY';
      readonly id: string;
      readonly prefix: string;
      readonly format: ApiKeyFormat;
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

/** Turns the text of a credential into a caller. */
export interface Credentials {
  /**
   * The caller behind an API key or access token; one read when cold, none when warm.
   * Throws CREDENTIAL_INVALID, SESSION_EXPIRED, SESSION_REVOKED, ACCOUNT_DELETED or ACCOUNT_SUSPENDED; the
   * last three only for a credential that is genuine.
   */
  authenticate(text: string): Promise<Caller>;
  /** True while nothing has been heard against a caller since `authenticate` gave it. */
  stillValid(caller: Caller): boolean;
  /** Asks the database whether a caller who came in long ago would still get in; for what outlives a request. */
  isLive(caller: Caller): Promise<boolean>;
  /** Drops what is cached of an account, here and on every instance; call it after each change to the account, its keys or sessions. */
  forget(accountId: string): Promise<void>;
  /** Calls back when an account was forgotten, by any instance: for what outlives a request and must ask `isLive` again. */
  onForgotten(listener: (accountId: string) => void): void;
}
