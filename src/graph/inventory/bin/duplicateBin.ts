import { Issues } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { inventoryServices } from '../services.ts';
import { accessBin, type BinAccess, lockBin, requireMember } from './access.ts';
import { textsOf } from './columns.ts';
import { binNameRule } from './fields.ts';
import type { NewBin } from './insertBin.ts';
import { insertBin } from './insertBin.ts';
import { type BinRow, readBin } from './rows.ts';
import { BinType } from './type.ts';

/** How a copy comes about. */
export interface Copying {
  /** Its name; `Copy of` and the original's unless given. */
  readonly name?: string | undefined;
  /** Whether it gets the values of the custom fields too; it does unless told otherwise. */
  readonly withCustomFields?: boolean;
}

function nameOfCopy(original: string): string {
  return [...`Copy of ${original}`].slice(0, binNameRule.maxLength).join('').trimEnd();
}

/** What a copy of a bin is to be, as the bin is now; under the lock of its location. */
async function copyOf(
  tx: Prisma.TransactionClient,
  { bin: { id, locationId } }: BinAccess,
  { name, withCustomFields = true }: Copying,
): Promise<NewBin> {
  const original = await tx.bin.findUniqueOrThrow({
    where: { id },
    include: {
      items: { where: { deletedAt: null }, orderBy: [{ position: 'asc' }, { id: 'asc' }] },
      tags: { orderBy: { position: 'asc' } },
      customValues: true,
    },
  });
  const { areaId, visibility } = original;
  const values = withCustomFields ? original.customValues : [];
  return {
    locationId,
    name: name ?? nameOfCopy(original.name),
    areaId,
    items: original.items.map(({ name: itemName, quantity }) => ({ name: itemName, quantity })),
    tags: original.tags.map((tag) => tag.name),
    customFields: new Map(values.map(({ fieldId, value }) => [fieldId, value])),
    look: textsOf(original),
    visibility,
  };
}

/** Makes a copy of a bin that belongs to the caller, who may, and notes it in the log (OpenBin 10.7). Throws NOT_FOUND. */
export async function duplicateBin(
  context: GraphContext,
  access: BinAccess,
  copying: Copying = {},
): Promise<BinRow> {
  const { caller, bin } = access;
  const copy = await context.db.$transaction(async (tx) => {
    await lockBin(tx, access);
    const { name, ...rest } = await copyOf(tx, access, copying);
    const json = jsonSql(context.services.database);
    const id = await insertBin(tx, json, caller.account.id, { name, ...rest });
    return { id, name, isPrivate: rest.visibility === 'PRIVATE' };
  });
  inventoryServices(context).activity.record(caller, {
    locationId: bin.locationId,
    action: 'duplicate',
    entityType: 'bin',
    entityId: copy.id,
    entityName: copy.name,
    isPrivate: copy.isPrivate,
  });
  return readBin(context, caller.account.id, copy.id);
}

builder.relayMutationField(
  'duplicateBin',
  {
    description: 'A bin to copy.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'The bin.' }),
      name: t.string({ description: 'As in `createBin`; `Copy of` and the name unless given.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Makes a copy of a bin in the same place, with everything in it but its pictures. For members of the location. Throws NOT_FOUND, FORBIDDEN or INVALID_INPUT.',
    resolve: async (_root, { input: { id, ...input } }, context) => {
      const access = requireMember(await accessBin(context, id));
      const issues = new Issues();
      const name = input.name == null ? undefined : checkText(issues, 'name', input.name, binNameRule);
      issues.throwIfAny();
      return { bin: await duplicateBin(context, access, { name }) };
    },
  },
  {
    description: 'A copy of a bin.',
    outputFields: (t) => ({ bin: t.expose('bin', { type: BinType, description: 'The copy.' }) }),
  },
);
