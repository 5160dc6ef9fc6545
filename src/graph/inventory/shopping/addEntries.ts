import { notFound } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
import { tidyInside } from '../../core/text/names.ts';
import { accessBin, type BinAccess, lookAgain, requireMember } from '../bin/access.ts';
import { lockLocationAs, lockLocationKeepingVersion, requireRole } from '../location/roles.ts';
import { inventoryServices } from '../services.ts';
import { readEntries, type ShoppingEntryRow } from './rows.ts';
import { ShoppingEntryType } from './types.ts';

const nameMaxLength = 200;
const maxNames = 50;

function checkName(issues: Issues, path: (string | number)[], given: string): string {
  const name = tidyInside(given);
  if (name === '') issues.add(path, 'required', 'is required');
  else if ([...name].length > nameMaxLength)
    issues.add(path, 'too_long', `must have at most ${nameMaxLength} characters`);
  return name;
}

/**
 * Puts names that were checked on the list of a location for a caller who may, and notes them in the log;
 * answers them in their order (OpenBin 23). Throws NOT_FOUND when their bin is gone from there meanwhile.
 */
async function addEntries(
  context: GraphContext,
  caller: Caller,
  locationId: string,
  access: BinAccess | undefined,
  names: readonly string[],
): Promise<ShoppingEntryRow[]> {
  const bin = access?.bin;
  const made = await context.db.$transaction(async (tx) => {
    await lockLocationAs(tx, caller, locationId, 'MEMBER', lockLocationKeepingVersion);
    if (access) await lookAgain(tx, access);
    // In its turn, so that whatever came before is older.
    const createdAt = new Date();
    const entries = names.map((name) => ({ id: newId(), name }));
    const common = { locationId, originBinId: bin?.id ?? null, createdById: caller.account.id, createdAt };
    await tx.shoppingEntry.createMany({ data: entries.map((entry) => ({ ...entry, ...common })) });
    return entries;
  });
  inventoryServices(context).activity.record(
    caller,
    ...made.map(({ id, name }) => ({
      locationId,
      action: 'create',
      entityType: 'shopping_list',
      entityId: id,
      entityName: name,
      changes: { added: { old: null, new: name } },
      isPrivate: bin?.visibility === 'PRIVATE',
    })),
  );
  return readEntries(
    context,
    made.map(({ id }) => id),
  );
}

builder.relayMutationField(
  'addShoppingEntry',
  {
    description: 'Something to buy.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      name: t.string({ required: true, description: 'Trimmed; at most 200 characters.' }),
      originBinId: t.id({
        description: 'The bin of the location that it belongs in; none unless given.',
      }),
    }),
  },
  {
    access: signedIn,
    description:
      'Puts something on the list of a location. For its members. Throws FORBIDDEN or INVALID_INPUT; NOT_FOUND for the bin.',
    resolve: async (_root, { input: { locationId, originBinId, ...input } }, context) => {
      const issues = new Issues();
      const name = checkName(issues, ['name'], input.name);
      issues.throwIfAny();
      const caller = await requireRole(context, locationId, 'MEMBER');
      const access = originBinId ? await accessBin(context, originBinId) : undefined;
      if (access && access.bin.locationId !== locationId) throw notFound('Bin');
      const [entry] = await addEntries(context, caller, locationId, access, [name]);
      if (!entry) throw notFound('Shopping entry');
      return { shoppingEntry: entry };
    },
  },
  {
    description: 'A new entry of the list.',
    outputFields: (t) => ({
      shoppingEntry: t.expose('shoppingEntry', { type: ShoppingEntryType, description: 'The entry.' }),
    }),
  },
);

builder.relayMutationField(
  'addShoppingEntries',
  {
    description: 'Things to buy for a bin.',
    inputFields: (t) => ({
      binId: t.id({ required: true, description: 'The bin.' }),
      names: t.stringList({
        required: true,
        description: `From 1 to ${maxNames}, as in \`addShoppingEntry\`.`,
      }),
    }),
  },
  {
    access: signedIn,
    description:
      'Puts things that belong in a bin on the list of its location. For its members. Throws NOT_FOUND, FORBIDDEN or INVALID_INPUT.',
    resolve: async (_root, { input: { binId, ...input } }, context) => {
      const issues = new Issues();
      const count = input.names.length;
      if (count < 1 || count > maxNames) issues.add('names', 'range', `must have 1 to ${maxNames} entries`);
      const names = input.names.map((name, at) => checkName(issues, ['names', at], name));
      issues.throwIfAny();
      const access = requireMember(await accessBin(context, binId));
      const { caller, bin } = access;
      return { shoppingEntries: await addEntries(context, caller, bin.locationId, access, names) };
    },
  },
  {
    description: 'New entries of the list.',
    outputFields: (t) => ({
      shoppingEntries: t.expose('shoppingEntries', {
        type: [ShoppingEntryType],
        description: 'The entries, in the order of the names.',
      }),
    }),
  },
);
