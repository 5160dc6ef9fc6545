import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import { DomainError, toDomainError } from '../errors/domainError.ts';
import type { Caller } from '../graph/core/context.ts';
import type { Credentials } from '../graph/identity/session/credentials.ts';
import { bearer, credentialHeader } from '../rest/engine/credentials.ts';
import type { CountGraphqlRequest } from './rateLimit.ts';

const readers = [bearer, credentialHeader('X-API-Key')];

/** Finds out who calls and counts the request, before any of its body is read. */
export interface Admission {
  /**
   * The caller; null without a credential. Throws RATE_LIMITED, else what is wrong with the credential: the
   * whole request fails, because a client must not take "signed out" for "nothing there".
   */
  admit(headers: IncomingHttpHeaders, res: Response, address: string): Promise<Caller | null>;
  /** Checks a caller again whose credential may have ended since, such as while the body was on its way. */
  recheck(headers: IncomingHttpHeaders, caller: Caller | null): Promise<Caller | null>;
}

/** The admission of the GraphQL endpoint. */
export function createAdmission(credentials: Credentials, count: CountGraphqlRequest): Admission {
  async function authenticate(headers: IncomingHttpHeaders): Promise<Caller | null> {
    const text = readers.map(({ read }) => read(headers)).find(Boolean);
    return text ? credentials.authenticate(text) : null;
  }

  const recheck: Admission['recheck'] = async (headers, caller) =>
    caller && !credentials.stillValid(caller) ? authenticate(headers) : caller;

  return {
    recheck,
    async admit(headers, res, address) {
      const attempt = await authenticate(headers).catch(toDomainError);
      const caller = attempt instanceof DomainError ? null : attempt;
      await count(res, caller, address);
      if (attempt instanceof DomainError) throw attempt;
      return recheck(headers, caller);
    },
  };
}
