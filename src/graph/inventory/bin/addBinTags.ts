import { Issues, invalid } from '../../../errors/issues.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { touchBins } from '../item/touchBins.ts';
import { accessBin, type BinAccess, lockBin, requireMember } from './access.ts';
import { addTags } from './contents.ts';
import { maxTags, tidyTags } from './fields.ts';
import { type BinRow, readBin } from './rows.ts';
import { BinType } from './type.ts';

const { sql } = Prisma;

/**
 * Gives a bin those of these tags that it does not have, for a caller who may; the log does not tell
 * of it (OpenBin 10.7). Throws NOT_FOUND, or INVALID_INPUT when there would be too many.
 */
export async function addTagsToBin(
  context: GraphContext,
  access: BinAccess,
  tags: readonly string[],
): Promise<BinRow> {
  const { id } = access.bin;
  const { database } = context.services;
  await database.transact(async (writer) => {
    await lockBin(writer, access);
    const own = await writer.rows<{ name: string; position: number }>(sql`
      SELECT "name", "position" FROM "BinTag" WHERE "binId" = ${id} ORDER BY "position"`);
    const present = new Set(own.map(({ name }) => name));
    const fresh = tags.filter((tag) => !present.has(tag));
    if (fresh.length === 0) return;
    if (present.size + fresh.length > maxTags)
      throw invalid('tags', 'too_long', `would be more than ${maxTags} on the bin`);
    await addTags(writer, jsonSql(database), id, fresh, (own.at(-1)?.position ?? -1) + 1);
    await touchBins(writer, [id]);
  });
  return readBin(context, access.caller.account.id, id);
}

builder.relayMutationField(
  'addBinTags',
  {
    description: 'Tags for a bin.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'The bin.' }),
      tags: t.stringList({
        required: true,
        description: 'Of at most 100 characters; blank ones are left out.',
      }),
    }),
  },
  {
    access: signedIn,
    description: `Adds tags to a bin, which then has at most ${maxTags}. For members of the location. Throws NOT_FOUND, FORBIDDEN or INVALID_INPUT.`,
    resolve: async (_root, { input: { id, ...input } }, context) => {
      const issues = new Issues();
      const tags = tidyTags(issues, input.tags);
      issues.throwIfAny();
      const access = requireMember(await accessBin(context, id));
      return { bin: await addTagsToBin(context, access, tags) };
    },
  },
  {
    description: 'A bin with more tags.',
    outputFields: (t) => ({ bin: t.expose('bin', { type: BinType, description: 'The bin as it is now.' }) }),
  },
);
