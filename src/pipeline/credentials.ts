import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, Credential } from '../graph/core/context.ts';

/** The kinds of credential that a caller over the network signs in with. */
export type CredentialKind = Exclude<Credential['kind'], 'OPERATOR'>;

/** Finds a credential's text in a request; undefined when it is not there. */
export interface CredentialReader {
  readonly read: (headers: IncomingHttpHeaders) => string | undefined;
  /** The kinds that are valid in this place; any kind unless given. */
  readonly kinds?: readonly CredentialKind[];
  /** True where browsers add it by themselves, to requests that other sites make, too. */
  readonly ambient?: true;
  /** How OpenAPI describes it, by the name of the scheme. */
  readonly scheme: { readonly name: string; readonly definition: Readonly<Record<string, string>> };
}

/** True for a caller whose credential is of one of these kinds. */
export function isOfKind({ credential: { kind } }: Caller, kinds: readonly CredentialKind[]): boolean {
  return kind !== 'OPERATOR' && kinds.includes(kind);
}

const bearerPattern = /^bearer +(\S.*)$/i;

/** `Authorization: Bearer …` (RFC 6750); the scheme's case does not matter, other schemes are no credential. */
export const bearer: CredentialReader = {
  read: (headers) => bearerPattern.exec(headers.authorization ?? '')?.[1]?.trim(),
  scheme: { name: 'bearer', definition: { type: 'http', scheme: 'bearer' } },
};

/** The same with the scheme compared letter by letter, for contracts that say so. */
export const exactBearer: CredentialReader = {
  ...bearer,
  read: (headers) => (headers.authorization?.startsWith('Bearer ') ? bearer.read(headers) : undefined),
};

/** A header that holds nothing but the credential, of any kind unless `kinds` says which. */
export function credentialHeader(name: string, kinds?: readonly CredentialKind[]): CredentialReader {
  const key = name.toLowerCase();
  return {
    read: (headers) => {
      const value = headers[key];
      return (typeof value === 'string' && value.trim()) || undefined;
    },
    ...(kinds && { kinds }),
    scheme: { name: key, definition: { type: 'apiKey', in: 'header', name } },
  };
}

/**
 * A session in a cookie; no other kind of credential is valid there. Browsers add cookies to requests that
 * other sites make, so the API needs `csrf`.
 */
export function credentialCookie(name: string): CredentialReader {
  return {
    read: (headers) => readCookies(headers)[name] || undefined,
    ambient: true,
    kinds: ['SESSION'],
    scheme: { name, definition: { type: 'apiKey', in: 'cookie', name } },
  };
}

/** The cookies of a request by name. Of two with one name the first counts: browsers put the longer path in front. */
export function readCookies(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null);
  for (const pair of headers.cookie?.split(';') ?? []) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !(name in found)) found[name] = pair.slice(at + 1).trim();
  }
  return found;
}
