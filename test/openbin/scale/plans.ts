import type { PrismaClient } from '../../../src/generated/sqlite/client.ts';
import type { Database } from '../../../src/platform/database/database.ts';

interface Step {
  readonly parent: number;
  readonly detail: string;
}

/** The steps that SQLite's planner takes; of those with the same parent each is run once for each row of the one before. */
async function sqlitePlan(db: PrismaClient, statement: string): Promise<Step[]> {
  const values = [...statement.replaceAll(/'[^']*'/g, '').matchAll(/\?/g)].map(() => null);
  const rows = await db.$queryRawUnsafe<{ parent: number | bigint; detail: string }[]>(
    `EXPLAIN QUERY PLAN ${statement}`,
    ...values,
  );
  return rows.map(({ parent, detail }) => ({ parent: Number(parent), detail }));
}

/** The plan that PostgreSQL keeps for a statement whatever its values are, also as if reading whole tables were dear. */
async function postgresPlan(
  db: PrismaClient,
  statement: string,
  wholeTables: 'on' | 'off',
): Promise<string[]> {
  const numbers = [...statement.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number));
  const values = Array.from({ length: Math.max(0, ...numbers) }, () => 'NULL').join(', ');
  return db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe('SET LOCAL plan_cache_mode = force_generic_plan');
    await tx.$executeRawUnsafe(`SET LOCAL enable_seqscan = ${wholeTables}`);
    await tx.$executeRawUnsafe(`PREPARE hot AS ${statement}`);
    const execute = values === '' ? 'hot' : `hot(${values})`;
    const rows = await tx.$queryRawUnsafe<Record<string, string>[]>(`EXPLAIN EXECUTE ${execute}`);
    await tx.$executeRawUnsafe('DEALLOCATE hot');
    return rows.flatMap((row) => Object.values(row));
  });
}

/** Tables that grow with what people keep, and what statements call them. */
const growing = {
  sqlite:
    /^SCAN (b|i|t|v|k|(main\.)?(Bin|BinItem|BinTag|BinUsage|CustomFieldValue|Checkout|ShoppingEntry|Activity))\b/,
  postgresql:
    /Seq Scan on "?(Bin|BinItem|BinTag|CustomFieldValue|BinUsage|Activity|Checkout|ShoppingEntry)"?\b/,
};

/** What a row may be compared with one by one: the tags that were asked for, and somebody's pins, of which there are few. */
const few = /SubPlan|o\."binId"/;

async function sqliteFaults(db: PrismaClient, statement: string): Promise<string[]> {
  const plan = await sqlitePlan(db, statement);
  return plan.flatMap(({ parent, detail }, at) => {
    const isInner = plan
      .slice(0, at)
      .some((step) => step.parent === parent && /^(SCAN|SEARCH)/.test(step.detail));
    return growing.sqlite.test(detail) || (isInner && /^SCAN json_each/.test(detail)) ? [detail] : [];
  });
}

async function postgresFaults(db: PrismaClient, statement: string): Promise<string[]> {
  // Of tables as small as a test's it would read the whole for being quicker.
  const byIndexes = await postgresPlan(db, statement, 'off');
  const asItIs = await postgresPlan(db, statement, 'on');
  return [
    ...byIndexes.filter((step) => growing.postgresql.test(step)),
    ...asItIs.filter((step) => /^\s*Join Filter:/.test(step) && !few.test(step)),
  ];
}

/**
 * The steps of a statement that take longer than its rows: a whole growing table is read, or a list, or
 * another table, is gone through for each row. None when indexes serve it.
 */
export function slowSteps({ db, engine }: Database, statement: string): Promise<string[]> {
  return engine === 'sqlite' ? sqliteFaults(db, statement) : postgresFaults(db, statement);
}

/** Keeps PostgreSQL from learning about its tables by itself, as it knows nothing just after a restore. */
export async function keepUnknown({ db, engine }: Database): Promise<void> {
  if (engine === 'sqlite') return;
  const tables = await db.$queryRawUnsafe<{ name: string }[]>(
    `SELECT tablename::text AS "name" FROM pg_tables WHERE schemaname = 'public'`,
  );
  for (const { name } of tables)
    await db.$executeRawUnsafe(`ALTER TABLE "${name}" SET (autovacuum_enabled = false)`);
}
