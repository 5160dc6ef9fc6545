import { Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { LocationType } from '../location/type.ts';
import { readEntries, visibleEntries } from './rows.ts';
import { ShoppingEntryType } from './types.ts';

const { sql } = Prisma;

builder.objectField(LocationType, 'shoppingList', (t) =>
  t.field({
    type: [ShoppingEntryType],
    description: 'What to buy, newest first, without what comes from bins that you may not see.',
    extensions: weigh({ statements: 1 }),
    resolve: ({ id, viewerId }, _args, context) =>
      readEntries(context, sql`s."locationId" = ${id} AND ${visibleEntries(viewerId)}`),
  }),
);
