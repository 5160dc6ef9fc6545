import { setImmediate } from 'node:timers/promises';
import { Prisma, type PrismaClient } from '../../../generated/sqlite/client.ts';
import { isRawUniqueViolation } from '../uniqueViolation.ts';

const { sql, raw, join } = Prisma;
const rowsAtOnce = 500;
const task = 'normalise-texts';

type Value = string | number | null;
type Row = Readonly<Record<string, Value>>;

/** A table with texts that older versions stored as they were typed; no table is there twice. */
export interface StoredTexts {
  readonly table: string;
  /** The columns of its primary key. */
  readonly key: readonly string[];
  /** The columns that `normalise` reads. */
  readonly columns: readonly string[];
  /** The columns as they are to be. */
  readonly normalise: (row: Row) => Row;
  /** Called with the key of each changed row. */
  readonly changed?: (key: Row) => Promise<void>;
}

/** Applies `normalise` to the columns that hold a text. */
export function eachText(
  columns: readonly string[],
  normalise: (text: string) => string,
): Pick<StoredTexts, 'columns' | 'normalise'> {
  return {
    columns,
    normalise: (row) =>
      Object.fromEntries(
        columns.map((column) => {
          const text = row[column];
          return [column, typeof text === 'string' ? normalise(text) : (text ?? null)];
        }),
      ),
  };
}

const name = (text: string) => raw(`"${text}"`);
const names = (texts: readonly string[]) => join(texts.map(name));
const pick = (row: Row, columns: readonly string[]): Row =>
  Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));

/** The next rows in the order of the key; all of them, because SQL cannot tell what a normal form is. */
function readBatch(
  db: PrismaClient,
  { table, key, columns }: StoredTexts,
  after: readonly Value[] | null,
): Promise<Row[]> {
  const wanted = names([...new Set([...key, ...columns])]);
  const where = after ? sql`WHERE (${names(key)}) > (${join(after)})` : Prisma.empty;
  return db.$queryRaw`
    SELECT ${wanted} FROM ${name(table)} ${where} ORDER BY ${names(key)} LIMIT ${rowsAtOnce}`;
}

const equals = (row: Row) =>
  join(
    Object.entries(row).map(([column, value]) =>
      value === null ? sql`${name(column)} IS NULL` : sql`${name(column)} = ${value}`,
    ),
    ' AND ',
  );

/**
 * Writes a row in its normal form, unless it was changed meanwhile or another row has that form already: such rows
 * stay as they are, for people to decide about. False when nothing was written.
 */
async function rewrite(db: PrismaClient, { table, key, columns, normalise }: StoredTexts, row: Row) {
  const before = pick(row, columns);
  const after = Object.entries(normalise(before)).filter(([column, value]) => value !== before[column]);
  if (after.length === 0) return false;
  const set = join(after.map(([column, value]) => sql`${name(column)} = ${value}`));
  try {
    const count = await db.$executeRaw`
      UPDATE ${name(table)} SET ${set} WHERE ${equals({ ...pick(row, key), ...before })}`;
    return count > 0;
  } catch (error) {
    if (!isRawUniqueViolation(error)) throw error;
    return false;
  }
}

interface Progress {
  readonly table: string;
  readonly after: readonly Value[];
}

/** False when it was asked to stop. */
async function rewriteTable(
  db: PrismaClient,
  texts: StoredTexts,
  start: readonly Value[] | null,
  isStopping: () => boolean,
): Promise<boolean> {
  for (let after = start; ; ) {
    const rows = await readBatch(db, texts, after);
    for (const row of rows) {
      if (isStopping()) return false;
      if (await rewrite(db, texts, row)) await texts.changed?.(pick(row, texts.key));
    }
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtOnce) return true;
    after = texts.key.map((column) => last[column] ?? null);
    const progress = { table: texts.table, after };
    await db.upgradeTask.upsert({
      where: { name: task },
      create: { name: task, progress },
      update: { progress },
    });
    await setImmediate();
  }
}

/**
 * Rewrites the texts of all tables once, row by row and restartable. Several instances may do so at the same time:
 * each writes a row only as it has read it. Until this is done, look-ups ask for both forms.
 */
export async function normaliseStoredTexts(
  db: PrismaClient,
  tables: readonly StoredTexts[],
  isStopping: () => boolean = () => false,
): Promise<void> {
  const state = await db.upgradeTask.findUnique({ where: { name: task } });
  if (state?.finishedAt) return;
  const progress = state?.progress as Progress | null | undefined;
  const first = Math.max(
    0,
    tables.findIndex(({ table }) => table === progress?.table),
  );
  for (const texts of tables.slice(first)) {
    const start = texts.table === progress?.table ? progress.after : null;
    if (!(await rewriteTable(db, texts, start, isStopping))) return;
  }
  const finishedAt = new Date();
  await db.upgradeTask.upsert({
    where: { name: task },
    create: { name: task, finishedAt },
    update: { finishedAt },
  });
}
