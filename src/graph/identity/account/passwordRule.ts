import type { Issues } from '../../../errors/issues.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { isCommonPassword } from './commonPasswords.ts';

interface Rule {
  /** In characters. Long passphrases are welcome; a megabyte is an attack on the hasher. */
  readonly min: number;
  readonly max: number;
  /** Each must be found. */
  readonly needs?: readonly RegExp[];
}

const rules = {
  STANDARD: { min: 8, max: 1024 },
  SHORT: { min: 8, max: 128 },
  MIXED: { min: 8, max: 72, needs: [/[a-z]/, /[A-Z]/, /[0-9]/] },
} as const satisfies Record<string, Rule>;

/** Which rule a new password has to meet: contracts differ, accounts do not. */
export type PasswordRule = keyof typeof rules;

export const PasswordRuleEnum = builder.enumType('PasswordRule', {
  description: 'What is asked of a new password, beside not being a common one.',
  values: {
    STANDARD: { description: '8 to 1024 characters.' },
    SHORT: { description: '8 to 128 characters.' },
    MIXED: { description: '8 to 72 characters with a-z, A-Z and a digit among them.' },
  } satisfies Record<PasswordRule, unknown>,
});

/**
 * Checks a password that is to be set. Which API is called says whether a common one is taken: callers do not choose,
 * and Binboi's contract has a rule for the length only.
 */
export async function checkNewPassword(
  { request }: Pick<GraphContext, 'request'>,
  issues: Issues,
  path: string,
  value: string | null | undefined,
  rule: PasswordRule = 'STANDARD',
): Promise<string> {
  const { min, max, needs = [] }: Rule = rules[rule];
  const password = value ?? '';
  const length = [...password].length;
  if (password === '') issues.add(path, 'required', 'is required');
  else if (length < min) issues.add(path, 'too_short', `must have at least ${min} characters`);
  else if (length > max) issues.add(path, 'too_long', `must have at most ${max} characters`);
  else if (!needs.every((need) => need.test(password))) {
    issues.add(path, 'format', 'must hold a lower-case letter, an upper-case letter and a digit');
  } else if (!request.takesCommonPasswords && (await isCommonPassword(password))) {
    issues.add(path, 'format', 'is one of the passwords that are guessed first');
  }
  return password;
}
