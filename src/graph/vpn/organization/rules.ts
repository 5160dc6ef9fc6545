import { isNameUpTo } from '../../core/checkText.ts';
import { normaliseAddress } from '../../core/text/addresses.ts';
import { isEmail } from '../../identity/account/rules.ts';

/** How long the name of an organization may be. */
export const maxOrganizationNameLength = 100;

/** What must hold of its fields; the sentence completes "<field> …". Texts may be as they were given. */
export const organizationRules = {
  name: {
    message: `must have 1 to ${maxOrganizationNameLength} characters`,
    accepts: isNameUpTo(maxOrganizationNameLength),
  },
  contactEmail: {
    message: 'must be an e-mail address',
    accepts: (email: string) => isEmail(normaliseAddress(email)),
  },
} as const;

/** How many members an organization may have, invited ones included: enough for people, and an end to floods. */
export const maxMembers = 100;

/** How many nodes an organization may have. */
export const maxNodes = 10_000;
