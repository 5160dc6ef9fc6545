import type { PrismaClient } from '../../../src/generated/sqlite/client.ts';
import type { Database } from '../../../src/platform/database/database.ts';

/** The steps that SQLite's planner takes, one a line. */
async function sqlitePlan(db: PrismaClient, statement: string): Promise<string[]> {
  const values = [...statement.replaceAll(/'[^']*'/g, '').matchAll(/\?/g)].map(() => null);
  const rows = await db.$queryRawUnsafe<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${statement}`, ...values);
  return rows.map(({ detail }) => detail);
}

/**
 * The plan that PostgreSQL keeps for a statement whatever its values are. It may read a whole table
 * only where no index helps: of tables as small as a test's it would do so for being quicker.
 */
async function postgresPlan(db: PrismaClient, statement: string): Promise<string[]> {
  const numbers = [...statement.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
  const values = Array.from({ length: Math.max(0, ...numbers) }, () => 'NULL').join(', ');
  return db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe('SET LOCAL plan_cache_mode = force_generic_plan');
    await tx.$executeRawUnsafe('SET LOCAL enable_seqscan = off');
    await tx.$executeRawUnsafe(`PREPARE hot AS ${statement}`);
    const execute = values === '' ? 'hot' : `hot(${values})`;
    const rows = await tx.$queryRawUnsafe<Record<string, string>[]>(`EXPLAIN EXECUTE ${execute}`);
    await tx.$executeRawUnsafe('DEALLOCATE hot');
    return rows.flatMap((row) => Object.values(row));
  });
}

/** Tables that grow with what people keep, and what statements call them. */
const growing = {
  sqlite: /^SCAN (b|i|t|v|c|(main\.)?(Bin|BinItem|BinTag|BinUsage|Checkout|Activity))\b(?! USING)/,
  postgresql: /Seq Scan on "?(Bin|BinItem|BinTag|CustomFieldValue|BinUsage|Activity|Checkout)"?\b/,
};

/** The steps of a statement that read a whole growing table; none when indexes serve it. */
export async function wholeTableReads({ db, engine }: Database, statement: string): Promise<string[]> {
  const plan = await (engine === 'sqlite' ? sqlitePlan(db, statement) : postgresPlan(db, statement));
  return plan.filter((step) => growing[engine].test(step.trim()));
}
