import { DomainError } from '../../../errors/domainError.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import { newId } from '../../core/newId.ts';
import { foldCase } from '../../core/text/search.ts';
import { type Look, textColumnList, textValues } from './columns.ts';
import { itemRows } from './contents.ts';
import type { checkItems } from './fields.ts';
import { shortCodes } from './shortCode.ts';

const { sql } = Prisma;

/** Everything of a bin that is to be made, checked. */
export interface NewBin {
  readonly locationId: string;
  readonly name: string;
  readonly areaId: string | null;
  readonly items: ReturnType<typeof checkItems>;
  readonly tags: readonly string[];
  readonly customFields: ReadonlyMap<string, string>;
  readonly look: Look;
  readonly visibility: 'LOCATION' | 'PRIVATE';
}

/** Runs a statement of a transaction, Prisma's or the driver's, and answers how many rows it changed. */
export type Execute = (query: Prisma.Sql) => Promise<number>;

/**
 * Writes a bin and what is in it, one statement a table, by hand: Prisma takes several times as long
 * to make these statements as the database takes to run them, and making bins is what people do most.
 * Answers the bin's id. Call it in a transaction, after all that may refuse.
 */
export async function insertBin(
  execute: Execute,
  json: JsonSql,
  createdById: string,
  bin: NewBin,
): Promise<string> {
  const { locationId, items, tags, customFields } = bin;
  const [id, now] = [newId(), new Date()];
  await insertHead(execute, { id, now, createdById, bin });
  if (items.length > 0) {
    const rows = itemRows({ binId: id, locationId }, items).map(
      ({ id, name, nameKey, quantity = null, position }) => ({ id, name, nameKey, quantity, position }),
    );
    const columns = { id: 'text', name: 'text', nameKey: 'text', quantity: 'int', position: 'int' } as const;
    await execute(sql`
      INSERT INTO "BinItem"
        ("id", "binId", "locationId", "name", "nameKey", "quantity", "position", "createdAt", "updatedAt")
      SELECT r."id", ${id}, ${locationId}, r."name", r."nameKey", r."quantity", r."position",
        b."createdAt", b."createdAt"
      FROM ${json.records(rows, columns)} r JOIN "Bin" b ON b."id" = ${id}`);
  }
  if (tags.length > 0) {
    await execute(sql`
      INSERT INTO "BinTag" ("binId", "name", "position") SELECT ${id}, w."value", w."at" FROM ${json.rows(tags)} w`);
  }
  if (customFields.size > 0) {
    const rows = Array.from(customFields, ([fieldId, value]) => ({ fieldId, value }));
    await execute(sql`
      INSERT INTO "CustomFieldValue" ("binId", "fieldId", "value")
      SELECT ${id}, r."fieldId", r."value" FROM ${json.records(rows, { fieldId: 'text', value: 'text' })} r`);
  }
  return id;
}

/** The bin's own row, with the first code that nobody has: a taken one inserts nothing. Throws OVERLOADED. */
async function insertHead(
  execute: Execute,
  { id, now, createdById, bin }: { id: string; now: Date; createdById: string; bin: NewBin },
): Promise<void> {
  const { locationId, areaId, name, look, visibility } = bin;
  for (const shortCode of shortCodes(name)) {
    const count = await execute(sql`
      INSERT INTO "Bin"
        ("id", "shortCode", "locationId", "areaId", "name", "nameKey", ${textColumnList},
         "visibility", "createdById", "createdAt", "updatedAt")
      VALUES
        (${id}, ${shortCode}, ${locationId}, ${areaId}, ${name}, ${foldCase(name)}, ${textValues(look)},
         ${visibility}, ${createdById}, ${now}, ${now})
      ON CONFLICT ("locationId", "shortCode") DO NOTHING`);
    if (count === 1) return;
  }
  throw new DomainError('OVERLOADED');
}
