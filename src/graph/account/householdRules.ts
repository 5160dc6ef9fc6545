import type { Issues } from '../../errors/issues.ts';
import { normaliseEmail } from './rules.ts';

const maxEmailLength = 255;
const maxNameLength = 100;
/** Exactly one @; no `+` before it; a dot after it. */
const emailPattern = /^[^\s@+]+@[^\s@]+\.[^\s@]+$/;
/** Zero-width and bidirectional controls: a name made of them alone shows as nothing. */
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\p{Cc}]/gu;

/** Normalises and checks an address by OpenBin's rule (7.2), which is narrower than the other APIs'. */
export function checkHouseholdEmail(issues: Issues, path: string, value: string | null | undefined): string {
  const email = normaliseEmail(value ?? '');
  if (email === '') issues.add(path, 'required', 'is required');
  else if (email.length > maxEmailLength || !emailPattern.test(email)) {
    issues.add(path, 'format', 'must be an e-mail address without a plus sign');
  }
  return email;
}

/** The trimmed display name: 1 to 100 characters that can be seen (OpenBin 7.2). */
export function checkDisplayName(issues: Issues, path: string, value: string | null | undefined): string {
  const name = (value ?? '').trim();
  const seen = name.replace(invisible, '').trim();
  if (seen === '') issues.add(path, 'required', 'is required');
  else if ([...name].length > maxNameLength) {
    issues.add(path, 'too_long', `must have at most ${maxNameLength} characters`);
  }
  return name;
}
