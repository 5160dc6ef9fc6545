import type { Issues } from '../../../errors/issues.ts';
import { isMailable } from '../../../platform/mail/message.ts';
import { isPlainAddress, normaliseAddress } from '../../core/text/addresses.ts';
import { tidyName } from '../../core/text/names.ts';

const maxEmailLength = 254;
/** The longest address that an account may have (OpenBin 7.2). */
export const longestEmailLength = 255;
const maxNameLength = 80;
const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** True for what can be the address of a new account, in the form of `normaliseAddress`. */
export function isEmail(email: string): boolean {
  // What could not be mailed to could never be proven, and would keep the address from its owner.
  return email.length <= maxEmailLength && isPossibleEmail(email) && isMailable(email);
}

/** True for what some account may have as its address: contracts differ, and OpenBin (7.2) has the widest rule. */
export function isPossibleEmail(email: string): boolean {
  return email.length <= longestEmailLength && emailPattern.test(email) && isPlainAddress(email);
}

/** Normalises and checks an e-mail address (Binboi 2.1). */
export function checkEmail(
  issues: Issues,
  path: string,
  value: string | null | undefined,
  accepts = isEmail,
): string {
  const email = normaliseAddress(value ?? '');
  if (email === '') issues.add(path, 'required', 'is required');
  else if (!accepts(email)) issues.add(path, 'format', 'must be an e-mail address');
  return email;
}

/** A name cut to 80 characters, never through the middle of one. */
export function cutName(name: string): string {
  return tidyName([...tidyName(name)].slice(0, maxNameLength).join(''));
}

/**
 * The name of a new account: as given, or, where that is too short, what it signs in with: the
 * user name, or the local part of the address (Binboi 2.1).
 */
export function nameOrSignIn(name: string | null | undefined, userNameOrEmail: string): string {
  const cut = cutName(name ?? '');
  return [...cut].length >= 2 ? cut : cutName(userNameOrEmail.split('@', 1)[0] ?? '');
}
