import { notFound } from '../../../errors/domainError.ts';
import { type BinVisibility, Prisma } from '../../../generated/sqlite/client.ts';
import { type Sql, sqlOf, type Transaction } from '../../../platform/database/sql.ts';
import type { GraphContext } from '../../core/context.ts';
import { type JsonSql, jsonSql } from '../../core/jsonSql.ts';
import { foldCase } from '../../core/text/search.ts';
import { type Changes, diff } from '../activity/changes.ts';
import { readAsBin } from '../activity/privacy.ts';
import { inventoryServices } from '../services.ts';
import type { BinAccess } from './access.ts';
import { type BinTexts, type Look, loggedTexts, textSqls } from './columns.ts';
import { addFieldValues, areaNameIn, assertFields, replaceTags } from './contents.ts';
import type { checkItems } from './fields.ts';
import { replaceItems } from './replaceItems.ts';

const { sql, raw, join } = Prisma;

/** Changes to a bin, checked; undefined is left alone. */
export interface BinChange {
  readonly name: string | undefined;
  /** Null for no area. */
  readonly areaId: string | null | undefined;
  readonly items: ReturnType<typeof checkItems> | undefined;
  readonly tags: string[] | undefined;
  readonly customFields: ReadonlyMap<string, string> | undefined;
  readonly look: Look;
  readonly visibility: 'LOCATION' | 'PRIVATE' | undefined;
}

/** What the log compares of a bin. */
interface Before extends BinTexts {
  readonly name: string;
  readonly visibility: BinVisibility;
  readonly area: string;
  readonly tags: readonly string[];
}

async function readBefore({ rows }: Sql, json: JsonSql, id: string): Promise<Before> {
  const columns = Object.entries(textSqls).map(([name, column]) => sql`${column} AS ${raw(`"${name}"`)}`);
  const tags = json.list(sql`t."name"`, sql`t."position"`, sql`"BinTag" t WHERE t."binId" = b."id"`);
  const [row] = await rows<Omit<Before, 'tags'> & { readonly tags: string | readonly string[] }>(sql`
    SELECT b."name", b."visibility", ${join(columns)}, coalesce(a."name", '') AS "area", ${tags} AS "tags"
    FROM "Bin" b LEFT JOIN "Area" a ON a."id" = b."areaId" WHERE b."id" = ${id}`);
  if (!row) throw notFound('Bin');
  return { ...row, tags: typeof row.tags === 'string' ? JSON.parse(row.tags) : row.tags };
}

/** The values that the log compares, in its names (OpenBin 17). */
async function loggedChanges(
  writer: Sql,
  locationId: string,
  before: Before,
  { name, areaId, tags, look, visibility }: BinChange,
): Promise<Changes | undefined> {
  const areaName = areaId && (await areaNameIn(writer, locationId, areaId));
  const after = {
    name,
    ...loggedTexts(look),
    visibility: visibility?.toLowerCase(),
    area: areaId === undefined ? undefined : (areaName ?? ''),
    tags,
  };
  return diff(
    { ...before, ...loggedTexts(before), visibility: before.visibility.toLowerCase() },
    Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined)),
  );
}

/** Changes nothing; what is to be changed is set on top of it. */
export const noBinChange: BinChange = {
  name: undefined,
  areaId: undefined,
  items: undefined,
  tags: undefined,
  customFields: undefined,
  look: {},
  visibility: undefined,
};

/** Writes changes that were checked to a bin that `lockBin` has looked at, and answers what the log says of them. */
export async function writeBinChange(
  tx: Transaction,
  context: GraphContext,
  { bin: { id, locationId } }: BinAccess,
  change: BinChange,
): Promise<Changes> {
  const [writer, json] = [sqlOf(tx), jsonSql(context.services.database)];
  const before = await readBefore(writer, json, id);
  const { name, areaId, items, tags, customFields, look, visibility } = change;
  const changes = await loggedChanges(writer, locationId, before, change);
  if (customFields) await assertFields(writer, json, locationId, customFields.keys());
  const columns = {
    // The space around a name is kept, and there may be more of it than an index holds.
    ...(name !== undefined && { name, nameKey: foldCase(name).trim() }),
    ...(areaId !== undefined && { areaId }),
    ...look,
  };
  const set = [
    ...Object.entries(columns).map(([column, value]) => sql`${raw(`"${column}"`)} = ${value}`),
    ...(visibility === undefined ? [] : [sql`"visibility" = ${raw(`'${visibility}'`)}`]),
    sql`"updatedAt" = ${new Date()}`,
  ];
  await writer.run(sql`UPDATE "Bin" SET ${join(set)} WHERE "id" = ${id}`);
  if (changes?.visibility) await readAsBin(writer, id);
  if (tags) await replaceTags(writer, json, id, tags);
  if (customFields) {
    await writer.run(sql`DELETE FROM "CustomFieldValue" WHERE "binId" = ${id}`);
    await addFieldValues(writer, json, id, customFields);
  }
  const itemChanges = items ? await replaceItems(writer, json, { binId: id, locationId }, items) : {};
  return { ...changes, ...itemChanges };
}

/** Notes an update of a bin in the log. */
export function recordBinUpdate(
  { services }: GraphContext,
  { bin, caller }: BinAccess,
  changes: Changes,
  name = bin.name,
): void {
  inventoryServices({ services }).activity.record(caller, {
    locationId: bin.locationId,
    action: 'update',
    entityType: 'bin',
    entityId: bin.id,
    entityName: name,
    changes,
    isPrivate: changes.visibility ? changes.visibility.new === 'private' : bin.visibility === 'PRIVATE',
  });
}
