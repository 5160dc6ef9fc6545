import type { Services } from '../../core/services.ts';
import { normaliseAddress } from '../../core/text/addresses.ts';
import { collisionsIn, type FindCollisions } from '../../core/text/collisions.ts';
import { withoutInvisible } from '../../core/text/invisible.ts';
import { tidyName } from '../../core/text/names.ts';
import { eachText, type StoredTexts } from '../../core/text/storedTexts.ts';

/** The texts of identity that older versions stored as they were typed; accounts first, because addresses find them. */
export const identityTexts = ({ credentials }: Services): StoredTexts[] => [
  {
    table: 'Account',
    key: ['id'],
    columns: ['email', 'releasedEmail', 'name'],
    normalise: ({ email, releasedEmail, name }) => ({
      email: normaliseAddress(String(email)),
      releasedEmail: typeof releasedEmail === 'string' ? normaliseAddress(releasedEmail) : null,
      name: String(name).normalize('NFC'),
    }),
    // Callers carry the address of their account.
    changed: ({ id }) => credentials.forget(String(id)),
  },
  { table: 'ApiKey', key: ['id'], ...eachText(['name'], tidyName) },
];

/** Accounts whose addresses are the same but for composition or what cannot be seen. */
export const addressCollisions: FindCollisions = async (db) => {
  const accounts = await db.account.findMany({ select: { id: true, email: true }, orderBy: { id: 'asc' } });
  return collisionsIn(
    'accounts',
    accounts.map(({ id, email }) => ({ id, text: email, key: normaliseAddress(withoutInvisible(email)) })),
  );
};
