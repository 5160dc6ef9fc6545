import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { perParent } from '../../core/loader.ts';
import { offsetArgs, offsetPage, type RowPage, spanOf } from '../../core/offsetConnection.ts';
import { weigh } from '../../core/weight.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { SortDirectionEnum } from '../bin/order.ts';
import { LocationType } from '../location/type.ts';
import { searchNote, searchQuery } from '../search/query.ts';
import { type ItemSelection, readItemPages } from './page.ts';
import { ItemSortEnum, LocatedItemConnection, type LocatedItemRow } from './types.ts';

const maxPage = 100;

const listArgs = builder.args((t) => ({
  query: t.string({ description: `Words in the name of the item or of its bin; ${searchNote}` }),
  sort: t.field({ type: ItemSortEnum, required: true, defaultValue: 'NAME', description: 'By what.' }),
  direction: t.field({
    type: SortDirectionEnum,
    required: true,
    defaultValue: 'ASC',
    description: 'From which end.',
  }),
}));

builder.queryField('items', (t) =>
  t.field({
    access: signedIn,
    type: LocatedItemConnection,
    description:
      'The items in all bins of a location that you may see, without the trash. FORBIDDEN for other locations.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      ...listArgs,
      ...offsetArgs(40, maxPage),
    },
    extensions: weigh({ searchWords: ['query'] }),
    resolve: async (_root, { query: words, locationId, sort, direction, ...args }, context) => {
      if (locationId === '') throw invalid('locationId', 'required', 'is required');
      const span = spanOf(args, maxPage);
      const selection = { locationId, sort, direction, ...span };
      const { id } = requireCaller(context).account;
      const pages = await readItemPages(context, id, [selection], searchQuery('query', words));
      const page = pages.get(locationId);
      if (!page) throw new DomainError('FORBIDDEN');
      return offsetPage(span, page);
    },
  }),
);

interface Asked extends Omit<ItemSelection, 'locationId'> {
  readonly words: string | null | undefined;
}

const itemsOf = perParent<RowPage<LocatedItemRow>, Asked>(
  ({ ids, viewerId, args: { words, ...selection } }, context) =>
    readItemPages(
      context,
      viewerId,
      ids.map((locationId) => ({ locationId, ...selection })),
      searchQuery('query', words),
    ),
);

builder.objectField(LocationType, 'items', (t) =>
  t.field({
    type: LocatedItemConnection,
    description: 'The items in all bins that you may see, without the trash.',
    args: { ...listArgs, ...offsetArgs(40, maxPage) },
    extensions: weigh({ statements: 1, batched: true, searchWords: ['query'] }),
    resolve: async (location, { query: words, sort, direction, ...args }, context) => {
      const span = spanOf(args, maxPage);
      return offsetPage(span, await itemsOf(location, context, { words, sort, direction, ...span }));
    },
  }),
);
