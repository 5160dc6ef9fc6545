import type { CredentialKind, CredentialReader } from './api.ts';

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
