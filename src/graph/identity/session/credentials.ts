import { LRUCache } from 'lru-cache';
import { DomainError } from '../../../errors/domainError.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Events } from '../../../platform/events/events.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import type { Caller, Credentials } from '../../core/caller.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { isApiKeyText } from '../apiKey/formats.ts';
import type { KeyUse } from '../apiKey/keyUse.ts';
import { assertUsable } from './assertUsable.ts';
import { findKeyOwner, findSessionOwner, isKeyLive, isSessionLive } from './credentialRows.ts';
import type { SessionTokens } from './sessionTokens.ts';

const channel = 'account-changed';
const maxEntries = 20_000;
/** Only for the case that an instance dies between its commit and its message to the others. */
const maxAgeMs = 60_000;

interface Parts {
  readonly database: Database;
  readonly events: Events;
  readonly sessionTokens: SessionTokens;
  readonly keyUse: KeyUse;
}

/** The credential check with its cache. */
export function createCredentials({ database, events, sessionTokens, keyUse }: Parts): Credentials {
  const cache = new LRUCache<string, Caller>({
    max: maxEntries,
    ttl: maxAgeMs,
    // How often the clock is looked at; each millisecond unless given, with a timer each time.
    ttlResolution: 1000,
    dispose: (caller, hash) => dropFromIndex(caller.account.id, hash),
  });
  const byAccount = new Map<string, Set<string>>();
  /** Callers that were handed out and have been dropped since. */
  const questioned = new WeakSet<Caller>();
  /** Raised by every invalidation: a read that began before one must not be stored after it. */
  let generation = 0;
  const listeners: ((accountId: string) => void)[] = [];

  function dropFromIndex(accountId: string, hash: string): void {
    const hashes = byAccount.get(accountId);
    hashes?.delete(hash);
    if (hashes?.size === 0) byAccount.delete(accountId);
  }

  function forgetHere(accountId: string): void {
    generation++;
    for (const hash of [...(byAccount.get(accountId) ?? [])]) drop(hash);
    for (const listener of listeners) listener(accountId);
  }

  function forgetAll(): void {
    generation++;
    for (const hash of [...cache.keys()]) drop(hash);
  }

  function drop(hash: string): void {
    const caller = cache.peek(hash);
    if (caller) questioned.add(caller);
    cache.delete(hash);
  }

  function store(hash: string, caller: Caller): void {
    cache.set(hash, caller);
    const hashes = byAccount.get(caller.account.id) ?? new Set();
    byAccount.set(caller.account.id, hashes.add(hash));
  }

  async function read(text: string, hash: string): Promise<Caller | null> {
    if (isApiKeyText(text)) {
      const owner = await findKeyOwner(database.db, hash);
      if (!owner) return null;
      const {
        keyId: id,
        keyPrefix: prefix,
        keyName: name,
        keyFormat: format,
        keyOrganizationId: organizationId,
        ...account
      } = owner;
      assertUsable(account);
      const credential = { kind: 'API_KEY', id, prefix, format, name, organizationId } as const;
      return { account: snapshotOf(account), credential };
    }
    const claims = await sessionTokens.verify(text);
    const owner = await findSessionOwner(database.db, claims.sessionId, claims.accountId);
    if (!owner) throw new DomainError('ACCOUNT_DELETED');
    const { sessionId, sessionEndedAt, ...account } = owner;
    assertUsable(account);
    if (account.tokenVersion !== claims.tokenVersion) throw new DomainError('SESSION_REVOKED');
    if (!sessionId || sessionEndedAt) return null;
    const credential = { kind: 'SESSION', id: claims.sessionId, expiresAt: claims.expiresAt } as const;
    return { account: snapshotOf(account), credential };
  }

  events.subscribe(channel, (payload) => {
    if (typeof payload === 'string') forgetHere(payload);
  });
  // What was said while the line was down was missed.
  events.onReconnect(forgetAll);

  return {
    async authenticate(text) {
      // While other instances cannot be heard, nothing that was remembered may be believed.
      if (database.changedElsewhere() || !events.healthy()) forgetAll();
      const hash = sha256Hex(text);
      let caller = cache.get(hash);
      if (!caller) {
        const before = generation;
        caller = (await read(text, hash)) ?? undefined;
        if (!caller) throw new DomainError('CREDENTIAL_INVALID');
        if (before === generation && events.healthy()) store(hash, caller);
      }
      if (caller.credential.kind === 'SESSION' && caller.credential.expiresAt.getTime() <= Date.now()) {
        throw new DomainError('SESSION_EXPIRED');
      }
      if (caller.credential.kind === 'API_KEY') keyUse.touch(caller.credential.id);
      return caller;
    },
    async isLive({ credential }) {
      if (credential.kind === 'API_KEY') return isKeyLive(database.db, credential.id);
      if (credential.kind !== 'SESSION' || credential.expiresAt.getTime() <= Date.now()) return false;
      return isSessionLive(database.db, credential.id);
    },
    onForgotten: (listener) => void listeners.push(listener),
    stillValid: (caller) => !questioned.has(caller),
    async forget(accountId) {
      forgetHere(accountId);
      // Waits for the others: whoever gets the answer to a revocation may try the key at any of them.
      await events.announce(channel, accountId);
    },
  };
}
