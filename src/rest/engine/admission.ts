import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { DomainError, toDomainError } from '../../errors/domainError.ts';
import type { Caller, RequestInfo } from '../../graph/core/context.ts';
import type { Credentials } from '../../graph/identity/session/credentials.ts';
import type { Api, CredentialKind } from './api.ts';
import type { Limits } from './limits.ts';
import type { Route } from './route.ts';

/** What admission looks at. */
export interface ApiRequest {
  readonly req: { readonly headers: IncomingHttpHeaders };
  readonly res: ServerResponse;
  readonly info: RequestInfo;
  /** What the request is refused by, whoever calls. It is counted all the same: no sort of refusal is a way to flood. */
  readonly rejection?: DomainError | undefined;
}

/** Lets a call in: finds out who calls, counts the call, and notes the limit's headers for the answer. */
export interface Admission {
  /**
   * Who calls the route. Throws RATE_LIMITED, else the request's rejection, else UNAUTHENTICATED or what is wrong with
   * the credential.
   */
  admit(route: Route, request: ApiRequest, headers: Record<string, string>): Promise<Caller | null>;
  /**
   * Counts a call to a path or method that is not there, where the API wants that. Throws RATE_LIMITED, else the
   * request's rejection, else what `hidesUnknownPaths` says.
   */
  admitUnknown(request: ApiRequest, headers: Record<string, string>, mayHide: boolean): Promise<void>;
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

/** The admission of one API. */
export function createAdmission(api: Api, credentials: Credentials, limits: Limits): Admission {
  function credentialOf(headers: IncomingHttpHeaders): string | undefined {
    for (const { read } of api.credentials) {
      const text = read(headers);
      if (text) return text;
    }
    return undefined;
  }

  /** The first credential that the request carries, checked; null when it carries none. */
  async function authenticate(headers: IncomingHttpHeaders): Promise<Caller | DomainError | null> {
    for (const { read, kinds } of api.credentials) {
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
    { res, info, rejection }: ApiRequest,
    headers: Record<string, string>,
  ): Promise<void> {
    const result = await limits.count(route, caller, info.address);
    Object.assign(headers, result.headers);
    if (result.rejection) throw result.rejection;
    if (rejection) throw rejection;
    whenClosed(res, await limits.enter(caller));
  }

  return {
    credentialOf,
    async admit(route, request, headers) {
      const { headers: sent } = request.req;
      const asks = route.access === 'required' && !request.rejection;
      const attempt = asks ? await authenticate(sent) : null;
      await count(route, attempt instanceof DomainError ? null : attempt, request, headers);
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
    async admitUnknown(request, headers, mayHide) {
      const { hidesUnknownPaths, limits: rules } = api;
      if (rules.unknownCountsAs === undefined && !hidesUnknownPaths && !request.rejection) return;
      const attempt = request.rejection ? null : await authenticate(request.req.headers);
      const caller = attempt instanceof DomainError ? null : attempt;
      await count(null, caller, request, headers);
      if (hidesUnknownPaths && mayHide && !caller) throw attempt ?? new DomainError('UNAUTHENTICATED');
    },
  };
}
