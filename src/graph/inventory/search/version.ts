import { DomainError } from '../../../errors/domainError.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';

/** The version of what is searched in a location (see `keepIndexes`), for a member. Throws FORBIDDEN for anybody else. */
export async function searchVersion(
  { services: { database } }: GraphContext,
  locationId: string,
  accountId: string,
): Promise<number> {
  const [found] = await database.read<{ version: number }>(Prisma.sql`
    SELECT l."lockSequence" AS "version" FROM "Location" l
    JOIN "Membership" m ON m."locationId" = l."id" AND m."accountId" = ${accountId}
    WHERE l."id" = ${locationId}`);
  if (!found) throw new DomainError('FORBIDDEN');
  return found.version;
}
