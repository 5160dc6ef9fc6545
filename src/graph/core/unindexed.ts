import { Prisma } from '../../generated/sqlite/client.ts';

/**
 * A column as a condition looks at it that no index shall serve. Where a planner knows nothing about
 * its tables, before the first ANALYZE or after a restore, it takes such a condition for the best way
 * into the table, and reads all that has the value once for each row of the other.
 */
export const unindexed = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`${column} || ''`;
