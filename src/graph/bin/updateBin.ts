import { DomainError } from '../../errors/domainError.ts';
import { Issues } from '../../errors/issues.ts';
import type { Bin, Prisma } from '../../generated/sqlite/client.ts';
import { type Changes, diff } from '../activity/changes.ts';
import { readAsBin } from '../activity/privacy.ts';
import { builder } from '../builder.ts';
import type { GraphContext } from '../context.ts';
import { lockLocation } from '../location/roles.ts';
import { checkText } from '../shared/checkText.ts';
import { jsonSql } from '../shared/jsonSql.ts';
import { recordUseLater } from '../usage/record.ts';
import { accessBin, type BinAccess, requireEditor, requireMember } from './access.ts';
import { addFieldValues, areaNameIn, assertFields, nameKeyOf, replaceTags } from './contents.ts';
import { binNameRule, checkCustomFields, checkItems, checkLook, checkTags } from './fields.ts';
import { BinItemInput, FieldValueInput } from './inputs.ts';
import { replaceItems } from './replaceItems.ts';
import { type BinRow, readBin } from './rows.ts';
import { BinType, BinVisibilityEnum } from './type.ts';

const UpdateBinInput = builder.inputType('UpdateBinInput', {
  description: 'Changes to a bin; what is left out stays.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The bin.' }),
    name: t.string({ description: 'At most 255 characters; kept as it is given.' }),
    areaId: t.string({ description: 'An area of the location; null or empty for none.' }),
    items: t.field({
      type: [BinItemInput],
      description: 'All of them, in their order; those that stay by name keep their ids.',
    }),
    notes: t.string({ description: 'At most 10,000 characters.' }),
    tags: t.stringList({ description: 'All of them.' }),
    icon: t.string({ description: 'As in `createBin`.' }),
    color: t.string({ description: 'As in `createBin`.' }),
    cardStyle: t.string({ description: 'As in `createBin`.' }),
    visibility: t.field({ type: BinVisibilityEnum, description: 'PRIVATE only by who made it.' }),
    customFields: t.field({ type: [FieldValueInput], description: 'All of them.' }),
  }),
});

type Input = Omit<typeof UpdateBinInput.$inferInput, 'id'>;

/** Changes to a bin, checked; undefined is left alone. */
export interface BinChange {
  readonly name: string | undefined;
  /** Null for no area. */
  readonly areaId: string | null | undefined;
  readonly items: ReturnType<typeof checkItems> | undefined;
  readonly tags: string[] | undefined;
  readonly customFields: ReadonlyMap<string, string> | undefined;
  readonly look: ReturnType<typeof checkLook>;
  readonly visibility: 'LOCATION' | 'PRIVATE' | undefined;
}

/** Checks changes on their own (OpenBin 10.2). Throws INVALID_INPUT. */
export function checkBinChange(input: Input): BinChange {
  const issues = new Issues();
  if (input.name != null) checkText(issues, 'name', input.name, binNameRule);
  const change = {
    name: input.name ?? undefined,
    areaId: input.areaId === undefined ? undefined : input.areaId || null,
    items: input.items ? checkItems(issues, input.items) : undefined,
    tags: input.tags ? checkTags(issues, input.tags) : undefined,
    customFields: input.customFields ? checkCustomFields(issues, input.customFields) : undefined,
    look: checkLook(issues, input),
    visibility: input.visibility ?? undefined,
  };
  issues.throwIfAny();
  return change;
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
  const { notes, icon, color, cardStyle } = look;
  const areaName = areaId && (await areaNameIn(tx, before.locationId, areaId));
  const after = {
    name,
    notes,
    icon,
    color,
    card_style: cardStyle,
    visibility: visibility?.toLowerCase(),
    area: areaId === undefined ? undefined : (areaName ?? ''),
    tags,
  };
  return diff(
    {
      ...before,
      card_style: before.cardStyle,
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

/** Writes changes that were checked, and answers what the log says of them; under the location's lock. */
export async function writeBinChange(
  tx: Prisma.TransactionClient,
  context: GraphContext,
  { bin: { id, locationId } }: BinAccess,
  change: BinChange,
): Promise<Changes> {
  const before = await tx.bin.findFirst({
    where: { id, locationId, deletedAt: null },
    include: { area: { select: { name: true } }, tags: { orderBy: { position: 'asc' } } },
  });
  if (!before) throw new DomainError('NOT_FOUND');
  const { name, areaId, items, tags, customFields, look, visibility } = change;
  const changes = await loggedChanges(tx, before, change);
  if (customFields) await assertFields(tx, locationId, customFields.keys());
  await tx.bin.update({
    where: { id },
    data: {
      ...(name !== undefined && { name, nameKey: nameKeyOf(name) }),
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

/** Throws FORBIDDEN when somebody else than its maker makes a bin private. */
export function assertMayHide({ bin, caller }: BinAccess, { visibility }: BinChange): void {
  if (visibility === 'PRIVATE' && bin.createdById !== caller.account.id) throw new DomainError('FORBIDDEN');
}

/**
 * Changes a bin for a caller who may, and notes it in the log. Throws FORBIDDEN when somebody else
 * than its maker makes it private, INVALID_INPUT for an area or custom field of another location.
 */
export async function updateBin(
  context: GraphContext,
  access: BinAccess,
  change: BinChange,
): Promise<BinRow> {
  const { bin, caller } = access;
  assertMayHide(access, change);
  const changes = await context.db.$transaction(async (tx) => {
    await lockLocation(tx, bin.locationId);
    return writeBinChange(tx, context, access, change);
  });
  if (Object.keys(changes).length > 0) recordBinUpdate(context, access, changes, change.name);
  recordUseLater(context, caller, bin.id, 'MODIFY');
  return readBin(context, caller.account.id, bin.id);
}

/** Notes an update of a bin in the log. */
export function recordBinUpdate(
  { services }: GraphContext,
  { bin, caller }: BinAccess,
  changes: Changes,
  name = bin.name,
): void {
  services.activity.record(caller, {
    locationId: bin.locationId,
    action: 'update',
    entityType: 'bin',
    entityId: bin.id,
    entityName: name,
    changes,
    isPrivate: changes.visibility ? changes.visibility.new === 'private' : bin.visibility === 'PRIVATE',
  });
}

builder.mutationField('updateBin', (t) =>
  t.field({
    type: BinType,
    description:
      'Changes a bin: its items by any member of the location, the rest by its maker or an administrator. Throws NOT_FOUND, FORBIDDEN or INVALID_INPUT.',
    args: { input: t.arg({ type: UpdateBinInput, required: true, description: 'What changes.' }) },
    resolve: async (_root, { input: { id, ...input } }, context) => {
      const access = await accessBin(context, id);
      const itemsOnly = Object.entries(input).every(([key, value]) => key === 'items' || value === undefined);
      if (itemsOnly) requireMember(access);
      else requireEditor(access);
      return updateBin(context, access, checkBinChange(input));
    },
  }),
);
