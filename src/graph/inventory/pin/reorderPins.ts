import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { lockCaller } from '../../identity/session/lockCaller.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';

const maxIds = 1000;

builder.relayMutationField(
  'reorderPins',
  {
    description: 'The order of your pins.',
    inputFields: (t) => ({
      binIds: t.idList({
        required: true,
        description: `From 1 to ${maxIds} bins; each gets its place in this list.`,
      }),
    }),
  },
  {
    access: signedIn,
    description: 'Puts your pins in this order; bins that you have not pinned do not matter.',
    resolve: async (_root, { input: { binIds } }, context) => {
      if (binIds.length < 1 || binIds.length > maxIds)
        throw invalid('binIds', 'range', `must be a list of 1 to ${maxIds} ids`);
      const caller = requireCaller(context);
      const accountId = caller.account.id;
      const order = jsonSql(context.services.database).rows(new Set(binIds));
      const reorderedCount = await context.db.$transaction(async (tx) => {
        // Two orders at once would lock the same pins in different orders.
        await lockCaller(tx, caller);
        return tx.$executeRaw`
          UPDATE "BinPin" SET "position" = o."at" FROM ${order} o
          WHERE "BinPin"."binId" = o."value" AND "BinPin"."accountId" = ${accountId}`;
      });
      return { reorderedCount };
    },
  },
  {
    description: 'What `reorderPins` returns.',
    outputFields: (t) => ({
      reorderedCount: t.exposeInt('reorderedCount', { description: 'How many pins have their place now.' }),
    }),
  },
);
