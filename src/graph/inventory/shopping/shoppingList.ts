import { builder } from '../../core/builder.ts';
import { defaultPageSize } from '../../core/keyset.ts';
import { perParent } from '../../core/loader.ts';
import { offsetArgs, offsetPage, type RowPage, type Span, spanOf } from '../../core/offsetConnection.ts';
import { LocationType } from '../location/type.ts';
import { readEntryPages, type ShoppingEntryRow } from './rows.ts';
import { ShoppingEntryConnection } from './types.ts';

const maxPage = 10_000;

const listsOf = perParent<RowPage<ShoppingEntryRow>, Span>((locations, context) =>
  readEntryPages(context, locations, locations.args),
);

builder.objectField(LocationType, 'shoppingList', (t) =>
  t.field({
    type: ShoppingEntryConnection,
    description: 'What to buy, newest first, without what comes from bins that you may not see.',
    args: offsetArgs(defaultPageSize, maxPage),
    resolve: async (location, args, context) => {
      const span = spanOf(args, maxPage);
      return offsetPage(span, await listsOf(location, context, span));
    },
  }),
);
