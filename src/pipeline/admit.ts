import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { DomainError, toDomainError } from '../errors/domainError.ts';
import type { Credentials } from '../graph/core/caller.ts';
import { assertVerified } from '../graph/core/callerRules.ts';
import type { Caller, RequestInfo } from '../graph/core/context.ts';
import { type CredentialKind, type CredentialReader, isOfKind } from './credentials.ts';
import type { LimitedRoute, RequestCounter, RequestLimits } from './limits.ts';

/** What requests enter by: a REST API or the GraphQL endpoint. */
export interface EntryPoint {
  readonly name: string;
  /** Where a request may carry a credential; the first one that it carries counts. */
  readonly credentials: readonly CredentialReader[];
  readonly limits: RequestLimits;
}

/** What a request asks for. */
export interface Target extends LimitedRoute {
  /** `public` ignores credentials; `optional` rejects a wrong one; `required` rejects a missing one, too. */
  readonly access: 'public' | 'optional' | 'required';
  /** The kinds of credential that it takes, all of them unless given. */
  readonly credentials?: readonly CredentialKind[];
}

/** What admission reads of a request. */
export interface IncomingRequest {
  readonly req: { readonly headers: IncomingHttpHeaders };
  readonly res: ServerResponse;
  readonly info: RequestInfo;
  /** Error to reject the request with regardless of its caller. The request still counts against the rate limit. */
  readonly rejection?: DomainError | undefined;
}

/** Authenticates and rate-limits the requests of one entry point, before their bodies are read. */
export interface Admission {
  /**
   * Returns the caller; null without a credential. Writes the headers of the limit to `headers`, also when it throws.
   * Throws RATE_LIMITED, else the request's rejection, else UNAUTHENTICATED, EMAIL_NOT_VERIFIED,
   * CREDENTIAL_KIND_REFUSED or what is wrong with the credential.
   */
  admit(target: Target, request: IncomingRequest, headers: Record<string, string>): Promise<Caller | null>;
  /**
   * The same for an unknown path or method, which has no access rule: returns the error of a wrong credential
   * instead of throwing it. Throws RATE_LIMITED, else the request's rejection.
   */
  admitUnknown(
    request: IncomingRequest,
    headers: Record<string, string>,
  ): Promise<Caller | DomainError | null>;
  /** Checks a caller again whose credential may have been revoked meanwhile, such as while the body was on its way. */
  recheck(headers: IncomingHttpHeaders, caller: Caller | null): Promise<Caller | null>;
  /** The text of the first credential that a request carries, valid or not. */
  credentialOf(headers: IncomingHttpHeaders): string | undefined;
}

/** Frees a slot when the answer is out, or when nothing waits for it any more. */
function whenClosed(res: ServerResponse, leave: () => void): void {
  if (res.closed || res.destroyed) leave();
  else res.once('close', leave);
}

/** The admission of one entry point. */
export function createAdmission(
  readers: readonly CredentialReader[],
  credentials: Pick<Credentials, 'authenticate' | 'stillValid'>,
  counter: RequestCounter,
): Admission {
  /** The first credential that the request carries, checked; null when it carries none. */
  async function authenticate(headers: IncomingHttpHeaders): Promise<Caller | null> {
    for (const { read, kinds } of readers) {
      const text = read(headers);
      if (!text) continue;
      const caller = await credentials.authenticate(text);
      if (!kinds || isOfKind(caller, kinds)) return caller;
      throw new DomainError('CREDENTIAL_INVALID');
    }
    return null;
  }

  const recheck: Admission['recheck'] = async (headers, caller) =>
    caller && !credentials.stillValid(caller) ? authenticate(headers) : caller;

  /**
   * Authenticates and counts. A wrong credential is returned, for the caller to throw: it is refused only once the
   * request is counted, so that keys cannot be guessed without end.
   */
  async function attempt(
    target: Target | null,
    { req, res, info, rejection }: IncomingRequest,
    headers: Record<string, string>,
  ): Promise<Caller | DomainError | null> {
    const reads = target?.access !== 'public' && !rejection;
    const found = reads ? await authenticate(req.headers).catch(toDomainError) : null;
    const caller = found instanceof DomainError ? null : found;
    const counted = await counter.count(target, caller, info.address);
    Object.assign(headers, counted.headers);
    if (counted.rejection) throw counted.rejection;
    if (rejection) throw rejection;
    whenClosed(res, await counter.enter(caller));
    return found;
  }

  return {
    recheck,
    admitUnknown: (request, headers) => attempt(null, request, headers),
    async admit(target, request, headers) {
      const found = await attempt(target, request, headers);
      if (found instanceof DomainError) throw found;
      // The key may have been revoked while the limit's store was asked.
      const caller = await recheck(request.req.headers, found);
      if (!caller && target.access === 'required') throw new DomainError('UNAUTHENTICATED');
      if (request.info.requiresProvenAddress) assertVerified(caller);
      if (caller && target.credentials && !isOfKind(caller, target.credentials)) {
        throw new DomainError('CREDENTIAL_KIND_REFUSED');
      }
      return caller;
    },
    credentialOf(headers) {
      for (const { read } of readers) {
        const text = read(headers);
        if (text) return text;
      }
      return undefined;
    },
  };
}
