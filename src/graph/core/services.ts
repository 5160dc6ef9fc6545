import type { Config } from '../../config/config.ts';
import type { Database } from '../../platform/database/database.ts';
import type { Events } from '../../platform/events/events.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import type { PasswordHasher } from '../../platform/passwords/hasher.ts';
import type { Background } from './background.ts';
import type { Credentials } from './caller.ts';
import type { AccountLifecycle } from './lifecycle.ts';
import type { Site } from './site.ts';

/** What all resolvers work with, made once a process by `createServices`. A wing has its own beside it. */
export interface Services {
  readonly config: Config;
  readonly log: Log;
  readonly database: Database;
  readonly events: Events;
  readonly mailer: Mailer;
  readonly site: Site;
  readonly hasher: PasswordHasher;
  /** Work that must not hold up an answer. */
  readonly background: Background;
  readonly credentials: Credentials;
  /** The account hooks of all wings. */
  readonly lifecycle: AccountLifecycle;
}

/** The services that one wing has for itself. */
export interface WingServices<Own> {
  /** Keeps them beside the shared ones; for the assembly. */
  add(services: Services, own: Own): void;
  /** Reads them, from a context or whatever else holds the shared ones. */
  of(holder: { readonly services: Services }): Own;
}

/** Makes the place of a wing's own services: the core holds them without knowing their type. */
export function wingServices<Own>(wing: string): WingServices<Own> {
  const kept = new WeakMap<Services, Own>();
  return {
    add: (services, own) => void kept.set(services, own),
    of({ services }) {
      const own = kept.get(services);
      if (!own) throw new Error(`The services of the wing ${wing} were not put together.`);
      return own;
    },
  };
}
