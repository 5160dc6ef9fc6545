import { DomainError } from '../../errors/domainError.ts';
import type { GraphContext } from '../context.ts';

/** The version of what is searched in a location (see `keepIndexes`), for a member. Throws FORBIDDEN for anybody else. */
export async function searchVersion(
  { db }: GraphContext,
  locationId: string,
  accountId: string,
): Promise<number> {
  const [found] = await db.$queryRaw<{ version: number }[]>`
    SELECT l."lockSequence" AS "version" FROM "Location" l
    JOIN "Membership" m ON m."locationId" = l."id" AND m."accountId" = ${accountId}
    WHERE l."id" = ${locationId}`;
  if (!found) throw new DomainError('FORBIDDEN');
  return Number(found.version);
}
