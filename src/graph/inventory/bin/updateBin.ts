import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import type { GraphContext } from '../../core/context.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { tidyKeepingSpace } from '../../core/text/names.ts';
import { recordUseLater } from '../usage/record.ts';
import { accessBin, type BinAccess, lockBin, requireEditor, requireMember } from './access.ts';
import { type BinChange, recordBinUpdate, writeBinChange } from './binChange.ts';
import { checkLook, textInputs } from './columns.ts';
import { binNameRule, checkCustomFields, checkItems, checkTags } from './fields.ts';
import { BinItemInput, FieldValueInput } from './inputs.ts';
import { type BinRow, readBin } from './rows.ts';
import { BinType, BinVisibilityEnum } from './type.ts';

const inputFields = inputFieldsOf((t) => ({
  id: t.id({ required: true, description: 'The bin.' }),
  name: t.string({ description: 'At most 255 characters; the space around it is kept.' }),
  areaId: t.string({ description: 'An area of the location; null or empty for none.' }),
  items: t.field({
    type: [BinItemInput],
    description: 'All of them, in their order; those that stay by name keep their ids.',
  }),
  tags: t.stringList({ description: 'All of them.' }),
  ...textInputs(t),
  visibility: t.field({ type: BinVisibilityEnum, description: 'PRIVATE only by who made it.' }),
  customFields: t.field({ type: [FieldValueInput], description: 'All of them.' }),
}));

type Input = Omit<InputOf<typeof inputFields>, 'id'>;

/** Checks changes on their own (OpenBin 10.2). Throws INVALID_INPUT. */
export function checkBinChange(input: Input): BinChange {
  const issues = new Issues();
  if (input.name != null) checkText(issues, 'name', input.name, binNameRule);
  const change = {
    name: input.name == null ? undefined : tidyKeepingSpace(input.name),
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
  const changes = await context.services.database.transact(async (sql) => {
    await lockBin(sql, access);
    return writeBinChange(sql, context, access, change);
  });
  if (Object.keys(changes).length > 0) recordBinUpdate(context, access, changes, change.name);
  recordUseLater(context, caller, bin.id, 'MODIFY');
  return readBin(context, caller.account.id, bin.id);
}

builder.relayMutationField(
  'updateBin',
  { description: 'Changes to a bin; what is left out stays.', inputFields },
  {
    access: signedIn,
    description:
      'Changes a bin: its items by any member of the location, the rest by its maker or an administrator. Throws NOT_FOUND, FORBIDDEN or INVALID_INPUT.',
    resolve: async (_root, { input: { id, ...input } }, context) => {
      const access = await accessBin(context, id);
      const itemsOnly = Object.entries(input).every(([key, value]) => key === 'items' || value === undefined);
      const allowed = itemsOnly ? requireMember(access) : requireEditor(access);
      return { bin: await updateBin(context, allowed, checkBinChange(input)) };
    },
  },
  {
    description: 'A bin that was changed.',
    outputFields: (t) => ({ bin: t.expose('bin', { type: BinType, description: 'The bin as it is now.' }) }),
  },
);
