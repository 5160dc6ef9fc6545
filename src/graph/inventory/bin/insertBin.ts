import { DomainError } from '../../../errors/domainError.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { type Sql, sqlOf, type Transaction } from '../../../platform/database/sql.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import { newId } from '../../core/newId.ts';
import { foldCase } from '../../core/text/search.ts';
import { type Look, textColumnList, textValues } from './columns.ts';
import { addFieldValues, addTags, insertItems, itemRows } from './contents.ts';
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

/**
 * Writes a bin and what is in it, one statement a table, by hand: Prisma takes several times as long
 * to make these statements as the database takes to run them, and making bins is what people do most.
 * Answers the bin's id. Call it in a transaction, after all that may refuse.
 */
export async function insertBin(
  tx: Transaction,
  json: JsonSql,
  createdById: string,
  bin: NewBin,
): Promise<string> {
  const writer = sqlOf(tx);
  const { locationId, items, tags, customFields } = bin;
  const [id, now] = [newId(), new Date()];
  await insertHead(writer, { id, now, createdById, bin });
  await insertItems(writer, json, id, itemRows({ binId: id, locationId }, items));
  await addTags(writer, json, id, tags);
  await addFieldValues(writer, json, id, customFields);
  return id;
}

/** The bin's own row, with the first code that nobody has: a taken one inserts nothing. Throws OVERLOADED. */
async function insertHead(
  { run }: Sql,
  { id, now, createdById, bin }: { id: string; now: Date; createdById: string; bin: NewBin },
): Promise<void> {
  const { locationId, areaId, name, look, visibility } = bin;
  for (const shortCode of shortCodes(name)) {
    const count = await run(sql`
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
