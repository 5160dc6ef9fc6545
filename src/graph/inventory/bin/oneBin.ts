import { DomainError, notFound } from '../../../errors/domainError.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { recordUseLater } from '../usage/record.ts';
import { type FoundBin, findBinRow } from './rows.ts';
import { BinType } from './type.ts';
import { seenBy } from './visible.ts';

const { sql } = Prisma;

async function findLive(context: GraphContext, which: Prisma.Sql): Promise<FoundBin> {
  const { id } = requireCaller(context).account;
  const found = await findBinRow(
    context,
    id,
    sql`${which} AND ${seenBy(id)}
      ORDER BY CASE WHEN b."deletedAt" IS NULL THEN 0 ELSE 1 END, b."id" LIMIT 1`,
  );
  if (!found) throw notFound('Bin');
  if (found.bin.deletedAt !== null) throw new DomainError('BIN_IN_TRASH');
  return found;
}

builder.queryFields((t) => ({
  bin: t.field({
    access: signedIn,
    type: BinType,
    nullable: true,
    description: 'A bin that you may see. Throws NOT_FOUND, or BIN_IN_TRASH.',
    args: { id: t.arg.id({ required: true, description: 'The bin.' }) },
    resolve: async (_root, { id }, context) => {
      const { bin, countsViews } = await findLive(context, sql`b."id" = ${id}`);
      if (countsViews) recordUseLater(context, requireCaller(context), id, 'VIEW');
      return bin;
    },
  }),
  binByShortCode: t.field({
    access: signedIn,
    type: BinType,
    nullable: true,
    description:
      'A bin by the code on its label, in any of your locations. Throws NOT_FOUND, or BIN_IN_TRASH.',
    args: { shortCode: t.arg.string({ required: true, description: 'Upper or lower case.' }) },
    resolve: async (_root, { shortCode }, context) =>
      (await findLive(context, sql`b."shortCode" = ${shortCode.toUpperCase()}`)).bin,
  }),
}));
