import type { PrismaClient } from '../../../generated/sqlite/client.ts';
import type { AccountSnapshot } from '../../core/caller.ts';
import { newId } from '../../core/newId.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';

/**
 * Makes an account's own organization with its owner in it. Of callers who come together one
 * makes it and the others find it made, because `ownerId` is unique.
 */
export async function ensureOrganization(
  db: PrismaClient,
  { id, name, email }: AccountSnapshot,
): Promise<void> {
  try {
    await db.organization.create({
      data: {
        ownerId: id,
        name: name || email,
        contactEmail: email,
        members: { create: { id: newId(), accountId: id, role: 'OWNER' } },
      },
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
}
