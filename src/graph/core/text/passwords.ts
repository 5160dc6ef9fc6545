import { needsUnicode } from './invisible.ts';

/**
 * A password as it is hashed (RFC 8265, OpaqueString): composed (NFC), every kind of space as U+0020. Nothing is
 * refused or taken away: no contract forbids a character.
 */
export function preparePassword(password: string): string {
  return needsUnicode(password) ? password.replace(/\p{Zs}/gu, ' ').normalize('NFC') : password;
}
