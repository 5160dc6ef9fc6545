import { isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import { hasInvisible, needsUnicode } from './invisible.ts';

/** What IDNA may map. Symbols and fractions are left out: some stand for a slash or an @. */
const domainPattern = /^[\p{L}\p{M}\p{Nd}.\-_\u3002\uff0e\uff61]+$/u;

/** The ASCII form of a domain that is mailed to, in lower case; the domain itself where it has none. */
function asciiDomain(domain: string): string {
  if (!needsUnicode(domain)) return domain;
  const ascii = domainPattern.test(domain) ? domainToASCII(domain) : '';
  return ascii === '' || isIP(ascii) !== 0 ? domain : ascii;
}

function mapDomain(address: string, map: (domain: string) => string): string {
  const at = address.lastIndexOf('@') + 1;
  return at === 0 ? address : address.slice(0, at) + map(address.slice(at));
}

/** An address as it is stored and compared: trimmed, composed (NFC), lower-case, its domain in ASCII (IDNA). */
export function normaliseAddress(address: string): string {
  const trimmed = address.trim();
  if (!needsUnicode(trimmed)) return trimmed.toLowerCase();
  const lower = trimmed.normalize('NFC').toLowerCase().normalize('NFC');
  // An invisible character is refused, and must not be what IDNA takes away before that.
  return hasInvisible(lower) ? lower : mapDomain(lower, asciiDomain);
}

/** True for an address, in the form of {@link normaliseAddress}, without invisible characters and with a domain in ASCII, no part of which is empty. */
export function isPlainAddress(address: string): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (hasInvisible(address) || needsUnicode(domain)) return false;
  // An empty label: mail servers take `example.com.` for `example.com`, which would be another account of the mailbox.
  if (domain.split('.').includes('')) return false;
  // One domain has one form: what decodes to another domain would be another account of the same mailbox.
  return !domain.includes('xn--') || domainToASCII(domainToUnicode(domain)) === domain;
}

/**
 * The addresses that an account may be stored under which is asked for by this one, the likeliest first: as it is
 * typed, in today's form, and in those of rows that are not normalised yet, or cannot be because two would collide.
 */
export function storedAddresses(address: string): string[] {
  const typed = address.trim().toLowerCase();
  const normal = normaliseAddress(address);
  if (!needsUnicode(typed) && !typed.includes('xn--')) return [normal];
  // Decoding takes invisible characters away: what has some is another mailbox's address, or nobody's.
  const unicode = isPlainAddress(normal) ? mapDomain(normal, domainToUnicode) : normal;
  return [...new Set([typed, normal, unicode, unicode.normalize('NFD')])];
}
