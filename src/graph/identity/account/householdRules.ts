import type { Issues } from '../../../errors/issues.ts';
import { normaliseAddress } from '../../core/text/addresses.ts';
import { comparedName } from '../../core/text/names.ts';
import { isPossibleEmail } from './rules.ts';

const maxSeenLength = 100;
/** Of a name with all that cannot be seen in it: letters that join, and nobody's megabyte. */
const maxNameLength = 400;
/** Exactly one @; no `+` before it; a dot after it. */
const emailPattern = /^[^\s@+]+@[^\s@]+\.[^\s@]+$/;
/** Normalises and checks an address by OpenBin's rule (7.2), which is narrower than the other APIs'. */
export function checkHouseholdEmail(issues: Issues, path: string, value: string | null | undefined): string {
  const email = normaliseAddress(value ?? '');
  if (email === '') issues.add(path, 'required', 'is required');
  else if (!isPossibleEmail(email) || !emailPattern.test(email)) {
    issues.add(path, 'format', 'must be an e-mail address without a plus sign');
  }
  return email;
}

/** The trimmed display name, composed (NFC): 1 to 100 characters that can be seen (OpenBin 7.2). */
export function checkDisplayName(issues: Issues, path: string, value: string | null | undefined): string {
  const name = (value ?? '').normalize('NFC').trim();
  const seen = comparedName(name);
  if (seen === '') issues.add(path, 'required', 'is required');
  else if ([...seen].length > maxSeenLength || [...name].length > maxNameLength) {
    issues.add(path, 'too_long', `must have at most ${maxSeenLength} characters`);
  }
  return name;
}
