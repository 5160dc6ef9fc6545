import type { Bin, Prisma } from '../../../generated/sqlite/client.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { foldCase } from '../../core/text/search.ts';
import { type Changes, diff } from '../activity/changes.ts';
import { readAsBin } from '../activity/privacy.ts';
import { inventoryServices } from '../services.ts';
import type { BinAccess } from './access.ts';
import { type Look, loggedTexts } from './columns.ts';
import { addFieldValues, areaNameIn, assertFields, replaceTags } from './contents.ts';
import type { checkItems } from './fields.ts';
import { replaceItems } from './replaceItems.ts';

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

type Before = Bin & {
  readonly area: { readonly name: string } | null;
  readonly tags: readonly { readonly name: string }[];
};

/** The values that the log compares, in its names (OpenBin 17). */
async function loggedChanges(
  tx: Prisma.TransactionClient,
  before: Before,
  { name, areaId, tags, look, visibility }: BinChange,
): Promise<Changes | undefined> {
  const areaName = areaId && (await areaNameIn(tx, before.locationId, areaId));
  const after = {
    name,
    ...loggedTexts(look),
    visibility: visibility?.toLowerCase(),
    area: areaId === undefined ? undefined : (areaName ?? ''),
    tags,
  };
  return diff(
    {
      ...before,
      ...loggedTexts(before),
      visibility: before.visibility.toLowerCase(),
      area: before.area?.name ?? '',
      tags: before.tags.map((tag) => tag.name),
    },
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
  tx: Prisma.TransactionClient,
  context: GraphContext,
  { bin: { id, locationId } }: BinAccess,
  change: BinChange,
): Promise<Changes> {
  const before = await tx.bin.findUniqueOrThrow({
    where: { id },
    include: { area: { select: { name: true } }, tags: { orderBy: { position: 'asc' } } },
  });
  const { name, areaId, items, tags, customFields, look, visibility } = change;
  const changes = await loggedChanges(tx, before, change);
  if (customFields) await assertFields(tx, locationId, customFields.keys());
  await tx.bin.update({
    where: { id },
    data: {
      // The space around a name is kept, and there may be more of it than an index holds.
      ...(name !== undefined && { name, nameKey: foldCase(name).trim() }),
      ...(areaId !== undefined && { areaId }),
      ...(visibility !== undefined && { visibility }),
      ...look,
      updatedAt: new Date(),
    },
  });
  if (changes?.visibility) await readAsBin(tx, id);
  if (tags) await replaceTags(tx, id, tags);
  if (customFields) {
    await tx.customFieldValue.deleteMany({ where: { binId: id } });
    await addFieldValues(tx, id, customFields);
  }
  const itemChanges = items
    ? await replaceItems(tx, jsonSql(context.services.database), { binId: id, locationId }, items)
    : {};
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
