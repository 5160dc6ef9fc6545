import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { accessBin } from '../bin/access.ts';
import { LocationType } from '../location/type.ts';
import { readCheckouts, visibleCheckouts } from './rows.ts';
import { CheckoutType } from './types.ts';

const { sql } = Prisma;

builder.queryField('binCheckouts', (t) =>
  t.field({
    access: signedIn,
    type: [CheckoutType],
    description: 'The items of a bin that are out, the last taken first. Throws NOT_FOUND.',
    args: { binId: t.arg.id({ required: true, description: 'The bin.' }) },
    resolve: async (_root, { binId }, context) => {
      const { caller } = await accessBin(context, binId);
      return readCheckouts(
        context,
        sql`k."originBinId" = ${binId} AND ${visibleCheckouts(caller.account.id)}`,
      );
    },
  }),
);

builder.objectField(LocationType, 'checkouts', (t) =>
  t.field({
    type: [CheckoutType],
    description: 'The items that are out of the bins that you may see, the last taken first.',
    extensions: weigh({ statements: 1 }),
    resolve: ({ id, viewerId }, _args, context) =>
      readCheckouts(context, sql`k."locationId" = ${id} AND ${visibleCheckouts(viewerId)}`),
  }),
);
