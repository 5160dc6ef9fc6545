import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { accessBin, type BinAccess, lockBin, requireAdmin } from './access.ts';
import { recordBinAction } from './actions.ts';
import { type BinRow, readBin } from './rows.ts';
import { assertFreeShortCode } from './shortCode.ts';
import { BinType } from './type.ts';

const wellFormed = /^[A-Z0-9]{6}$/i;

/** A code as it is printed. Throws INVALID_INPUT (OpenBin 10.7). */
function checkShortCode(text: string): string {
  if (text === '') throw invalid('shortCode', 'required', 'is required');
  if (!wellFormed.test(text)) throw invalid('shortCode', 'format', 'must be 6 letters or digits');
  return text.toUpperCase();
}

function assertOther(current: string, shortCode: string): void {
  if (current === shortCode) throw invalid('shortCode', 'taken', 'is the code that the bin has');
}

/** Gives a bin another code for a caller who may, and notes it in the log. Throws NOT_FOUND, INVALID_INPUT or SHORT_CODE_TAKEN. */
export async function changeShortCode(
  context: GraphContext,
  access: BinAccess,
  shortCode: string,
): Promise<BinRow> {
  const { id, locationId } = access.bin;
  const before = await context.db.$transaction(async (tx) => {
    const bin = await lockBin(tx, access);
    assertOther(bin.shortCode, shortCode);
    await assertFreeShortCode(tx, locationId, shortCode);
    await tx.bin.update({ where: { id }, data: { shortCode }, select: { id: true } });
    return bin.shortCode;
  });
  recordBinAction(context, access, 'code_changed', { code: { old: before, new: shortCode } });
  return readBin(context, access.caller.account.id, id);
}

builder.relayMutationField(
  'changeShortCode',
  {
    description: 'Another code for a bin.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'The bin.' }),
      shortCode: t.string({
        required: true,
        description: '6 letters and digits, in upper or lower case; no other bin of the location has it.',
      }),
    }),
  },
  {
    access: signedIn,
    description:
      'Gives a bin another code for its label. For administrators of the location. Throws NOT_FOUND, FORBIDDEN, INVALID_INPUT or SHORT_CODE_TAKEN.',
    resolve: async (_root, { input: { id, ...input } }, context) => {
      const shortCode = checkShortCode(input.shortCode);
      const access = await accessBin(context, id);
      assertOther(access.bin.shortCode, shortCode);
      return { bin: await changeShortCode(context, requireAdmin(access), shortCode) };
    },
  },
  {
    description: 'A bin with another code.',
    outputFields: (t) => ({ bin: t.expose('bin', { type: BinType, description: 'The bin as it is now.' }) }),
  },
);
