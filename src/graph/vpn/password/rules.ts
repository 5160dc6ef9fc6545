import type { Issues } from '../../../errors/issues.ts';
import { hasLength, isNameUpTo } from '../../core/checkText.ts';

/** The documented bandwidth limits, MB a second. */
export const bandwidthLimits = [1, 5, 10, 20, 50] as const;
export const defaultBandwidthLimit = 10;

/** How long the texts of a password may be. */
export const passwordLengths = { name: 64, minPassword: 4, maxPassword: 64 } as const;
/** The length of a generated password: 95 random bits. */
export const generatedLength = 16;
/** 132 random bits: nobody guesses a share code. */
export const shareCodeLength = 22;

/** How many passwords a node may have: each of them is in every answer to its heartbeats. */
export const maxPasswordsPerNode = 1000;

/** An exabyte; its bytes still fit a whole number in JSON many times over. */
export const maxTransferLimitGb = 1_000_000;
/** Ten years. */
export const maxExpiresInSeconds = 10 * 366 * 24 * 3600;

// biome-ignore lint/suspicious/noControlCharactersInRegex: those that no agent could configure
const controlCharacters = /[\u0000-\u001f\u007f]/;

const hasPasswordLength = hasLength(passwordLengths.minPassword, passwordLengths.maxPassword);

/** What must hold of each field; the sentence completes "<field> …". */
export const passwordRules = {
  name: {
    message: `must have 1 to ${passwordLengths.name} characters`,
    accepts: isNameUpTo(passwordLengths.name),
  },
  bandwidthLimit: {
    message: `must be one of ${bandwidthLimits.join(', ')}`,
    accepts: (limit: number) => (bandwidthLimits as readonly number[]).includes(limit),
  },
  transferLimit: {
    message: `must be between 0 and ${maxTransferLimitGb}`,
    accepts: (limit: number) => limit >= 0 && limit <= maxTransferLimitGb,
  },
  expiresInSeconds: {
    message: `must be between 1 and ${maxExpiresInSeconds}`,
    accepts: (seconds: number) => seconds >= 1 && seconds <= maxExpiresInSeconds,
  },
  password: {
    message: `must have ${passwordLengths.minPassword} to ${passwordLengths.maxPassword} characters, none of them a control character`,
    accepts: (password: string) => hasPasswordLength(password) && !controlCharacters.test(password),
  },
} as const;

/** Why both ends of its time cannot be given. */
export const oneEndMessage = 'cannot be given together with the time itself';

/** What of a password its owner sets; undefined leaves a field as it is. */
export interface PasswordFields {
  readonly name?: string | null | undefined;
  readonly bandwidthLimit?: number | null | undefined;
  readonly transferLimit?: number | null | undefined;
  readonly expiresAt?: Date | null | undefined;
  readonly expiresInSeconds?: number | null | undefined;
  readonly password?: string | null | undefined;
}

/** Notes which of the given fields do not fit. */
export function checkPassword(issues: Issues, fields: PasswordFields): void {
  type Rule<Value> = { readonly message: string; readonly accepts: (value: Value) => boolean };
  function check<Value>(field: keyof PasswordFields, value: Value | null | undefined, rule: Rule<Value>) {
    if (value != null && !rule.accepts(value)) issues.add(field, 'format', rule.message);
  }
  check('name', fields.name, passwordRules.name);
  check('bandwidthLimit', fields.bandwidthLimit, passwordRules.bandwidthLimit);
  check('transferLimit', fields.transferLimit, passwordRules.transferLimit);
  check('expiresInSeconds', fields.expiresInSeconds, passwordRules.expiresInSeconds);
  if (fields.expiresAt != null && fields.expiresInSeconds != null) {
    issues.add('expiresInSeconds', 'mismatch', oneEndMessage);
  }
  check('password', fields.password, passwordRules.password);
}

/** When its time ends: a moment, so many seconds from now, null for never; undefined when neither is given. */
export function endOf({ expiresAt, expiresInSeconds }: PasswordFields): Date | null | undefined {
  return expiresInSeconds == null ? expiresAt : new Date(Date.now() + expiresInSeconds * 1000);
}
