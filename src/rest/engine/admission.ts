import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { DomainError, toDomainError } from '../../errors/domainError.ts';
import type { Caller, RequestFacts } from '../../graph/context.ts';
import type { Credentials } from '../../graph/session/credentials.ts';
import type { Limits } from './limits.ts';
import type { Route } from './route.ts';
import type { CredentialKind, Surface } from './surface.ts';

/** What admission looks at. */
export interface Arrival {
  readonly req: { readonly headers: IncomingHttpHeaders };
  readonly res: ServerResponse;
  readonly facts: RequestFacts;
  /** What the request is refused by, whoever calls. It is counted all the same: no sort of refusal is a way to flood. */
  readonly refusal?: DomainError | undefined;
}

/** Lets a call in: finds out who calls, counts the call, and notes the limit's headers for the answer. */
export interface Admission {
  /**
   * Who calls the route. Throws RATE_LIMITED, else the arrival's refusal, else UNAUTHENTICATED or what is wrong with
   * the credential.
   */
  admit(route: Route, arrival: Arrival, headers: Record<string, string>): Promise<Caller | null>;
  /**
   * Counts a call to a path or method that is not there, where the surface wants that. Throws RATE_LIMITED, else the
   * arrival's refusal, else what `hidesUnknownPaths` says.
   */
  admitUnknown(arrival: Arrival, headers: Record<string, string>, mayHide: boolean): Promise<void>;
  /** The text of the first credential that a request carries, valid or not. */
  credentialOf(headers: IncomingHttpHeaders): string | undefined;
}

/** Calls `leave` when the answer is out, or when nobody waits for it any more. */
function whenClosed(res: ServerResponse, leave: () => void): void {
  if (res.closed || res.destroyed) leave();
  else res.once('close', leave);
}

function isOf({ credential: { kind } }: Caller, kinds: readonly CredentialKind[]): boolean {
  return kind !== 'OPERATOR' && kinds.includes(kind);
}

/** The door of one surface. */
export function createAdmission(surface: Surface, credentials: Credentials, limits: Limits): Admission {
  function credentialOf(headers: IncomingHttpHeaders): string | undefined {
    for (const { read } of surface.credentials) {
      const text = read(headers);
      if (text) return text;
    }
    return undefined;
  }

  /** The first credential that the request carries, checked; null when it carries none. */
  async function authenticate(headers: IncomingHttpHeaders): Promise<Caller | DomainError | null> {
    for (const { read, kinds } of surface.credentials) {
      const text = read(headers);
      if (!text) continue;
      const caller = await credentials.authenticate(text).catch(toDomainError);
      if (caller instanceof DomainError || !kinds || isOf(caller, kinds)) return caller;
      return new DomainError('CREDENTIAL_INVALID');
    }
    return null;
  }

  /** Counts the call and makes it one of those under way. */
  async function count(
    route: Route | null,
    caller: Caller | null,
    { res, facts, refusal }: Arrival,
    headers: Record<string, string>,
  ): Promise<void> {
    const verdict = await limits.count(route, caller, facts.address);
    Object.assign(headers, verdict.headers);
    if (verdict.refusal) throw verdict.refusal;
    if (refusal) throw refusal;
    whenClosed(res, await limits.enter(caller));
  }

  return {
    credentialOf,
    async admit(route, arrival, headers) {
      const { headers: sent } = arrival.req;
      const asks = route.access === 'required' && !arrival.refusal;
      const attempt = asks ? await authenticate(sent) : null;
      await count(route, attempt instanceof DomainError ? null : attempt, arrival, headers);
      if (route.access === 'public') return null;
      // A key revoked while the limit was asked is looked at again.
      const changed = attempt && !(attempt instanceof DomainError) && !credentials.stillValid(attempt);
      const caller = changed ? await authenticate(sent) : attempt;
      if (caller instanceof DomainError) throw caller;
      if (!caller) throw new DomainError('UNAUTHENTICATED');
      if (route.credentials && !isOf(caller, route.credentials)) {
        throw new DomainError('CREDENTIAL_KIND_REFUSED');
      }
      return caller;
    },
    async admitUnknown(arrival, headers, mayHide) {
      const { hidesUnknownPaths, limits: rules } = surface;
      if (rules.unknownCountsAs === undefined && !hidesUnknownPaths && !arrival.refusal) return;
      const attempt = arrival.refusal ? null : await authenticate(arrival.req.headers);
      const caller = attempt instanceof DomainError ? null : attempt;
      await count(null, caller, arrival, headers);
      if (hidesUnknownPaths && mayHide && !caller) throw attempt ?? new DomainError('UNAUTHENTICATED');
    },
  };
}
