import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';
import { createAllowance } from './allowance.ts';
import { fetchKeySet } from './fetchKeySet.ts';

const freshMs = 10 * 60_000;
/** How long keys are believed whose server cannot be asked: for ever would undo a withdrawal. */
const usableMs = 24 * 3600_000;

/** The keys that an identity provider signs with. */
export interface PublishedKeys {
  /**
   * The key that a token's header names.
   * Throws {@link KeysUnavailableError}, or jose's `JWKSNoMatchingKey` for a key that is not published.
   */
  keyFor(header: JWSHeaderParameters): Promise<CryptoKey>;
}

/** The keys are not known and their server does not give them. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

interface Known {
  readonly find: (header: JWSHeaderParameters) => Promise<CryptoKey>;
  readonly fetchedAtMs: number;
}

/** What is for tests only. */
export interface PublishedKeysOptions {
  readonly fetchKeys?: (url: string) => Promise<JSONWebKeySet>;
  readonly now?: () => number;
}

/**
 * Keys of the JWK set at `url`: kept ten minutes, then fetched again beside the requests, and at
 * once when a token names a key that is not among them (the provider has rotated). While the server
 * is down the keys that are known go on working, for a day.
 */
export function createPublishedKeys(url: string, options: PublishedKeysOptions = {}): PublishedKeys {
  const { fetchKeys = fetchKeySet, now = Date.now } = options;
  // Tokens with made-up key ids cost nothing to make: they must not become a flood at the key server.
  const surprises = createAllowance({ size: 5, regainMs: 30_000, now });
  let known: Known | undefined;
  let fetching: Promise<Known> | undefined;
  let lastFetchFailed = false;

  async function fetchNow(): Promise<Known> {
    try {
      const find = createLocalJWKSet(await fetchKeys(url));
      lastFetchFailed = false;
      known = { find, fetchedAtMs: now() };
      return known;
    } catch (cause) {
      lastFetchFailed = true;
      throw new KeysUnavailableError('The key server does not answer with keys.', { cause });
    }
  }

  /** However many ask, one fetch is on its way. */
  function refresh(): Promise<Known> {
    fetching ??= fetchNow().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  async function current(): Promise<Known> {
    const ageMs = known ? now() - known.fetchedAtMs : Number.POSITIVE_INFINITY;
    if (!known || ageMs > usableMs) return refresh();
    if (ageMs > freshMs && !fetching && surprises.take()) refresh().catch(() => {});
    return known;
  }

  return {
    async keyFor(header) {
      const keys = await current();
      try {
        return await keys.find(header);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        // Fetched by another request in the meantime: what is there now may have the key.
        if (known !== keys && known) return known.find(header);
        // One that is on its way is waited for and costs nothing.
        if (fetching || surprises.take()) return (await refresh()).find(header);
        // Nobody can say whether the key exists while its server cannot be asked.
        if (lastFetchFailed)
          throw new KeysUnavailableError('The key server did not answer.', { cause: error });
        throw error;
      }
    },
  };
}
