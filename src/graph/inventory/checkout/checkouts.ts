import { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { defaultPageSize } from '../../core/keyset.ts';
import { perParent } from '../../core/loader.ts';
import { offsetArgs, offsetPage, type RowPage, type Span, spanOf } from '../../core/offsetConnection.ts';
import { weigh } from '../../core/weight.ts';
import { accessBin } from '../bin/access.ts';
import { BinType } from '../bin/type.ts';
import { viewerOf } from '../bin/viewerOf.ts';
import { LocationType } from '../location/type.ts';
import { type CheckoutRow, readCheckoutPages } from './rows.ts';
import { CheckoutConnection } from './types.ts';

const { sql } = Prisma;
const maxPage = 10_000;

builder.queryField('binCheckouts', (t) =>
  t.field({
    access: signedIn,
    type: CheckoutConnection,
    description: 'The items of a bin that are out, the last taken first. Throws NOT_FOUND.',
    args: {
      binId: t.arg.id({ required: true, description: 'The bin.' }),
      ...offsetArgs(defaultPageSize, maxPage),
    },
    resolve: async (_root, { binId, ...args }, context) => {
      const span = spanOf(args, maxPage);
      const { caller } = await accessBin(context, binId);
      const asked = { ids: [binId], viewerId: caller.account.id };
      const pages = await readCheckoutPages(context, sql`k."originBinId"`, asked, span);
      return offsetPage(span, pages.get(binId));
    },
  }),
);

const checkoutsOf = perParent<RowPage<CheckoutRow>, Span>((locations, context) =>
  readCheckoutPages(context, sql`k."locationId"`, locations, locations.args),
);

builder.objectField(LocationType, 'checkouts', (t) =>
  t.field({
    type: CheckoutConnection,
    description: 'The items that are out of the bins that you may see, the last taken first.',
    args: offsetArgs(defaultPageSize, maxPage),
    resolve: async (location, args, context) => {
      const span = spanOf(args, maxPage);
      return offsetPage(span, await checkoutsOf(location, context, span));
    },
  }),
);

const checkoutsOfBin = perParent<RowPage<CheckoutRow>, Span>((bins, context) =>
  readCheckoutPages(context, sql`k."originBinId"`, bins, bins.args),
);

builder.objectField(BinType, 'checkouts', (t) =>
  t.field({
    type: CheckoutConnection,
    description: 'Its items that are out, the last taken first.',
    args: offsetArgs(defaultPageSize, maxPage),
    extensions: weigh({ statements: 1, batched: true }),
    resolve: async (bin, args, context) => {
      const span = spanOf(args, maxPage);
      const asked = { id: bin.id, viewerId: viewerOf(bin, context) };
      return offsetPage(span, await checkoutsOfBin(asked, context, span));
    },
  }),
);
