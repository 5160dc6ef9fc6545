import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { offsetArgs, offsetPage, spanOf } from '../../core/offsetConnection.ts';
import { weigh } from '../../core/weight.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { SortDirectionEnum } from '../bin/order.ts';
import { searchNote, searchQuery } from '../search/query.ts';
import { readItemPage, searchItemPage } from './page.ts';
import { ItemSortEnum, LocatedItemConnection } from './types.ts';

const maxPage = 100;

builder.queryField('items', (t) =>
  t.field({
    access: signedIn,
    type: LocatedItemConnection,
    description:
      'The items in all bins of a location that you may see, without the trash. FORBIDDEN for other locations.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      query: t.arg.string({
        description: `Words in the name of the item or of its bin; ${searchNote}`,
      }),
      sort: t.arg({ type: ItemSortEnum, required: true, defaultValue: 'NAME', description: 'By what.' }),
      direction: t.arg({
        type: SortDirectionEnum,
        required: true,
        defaultValue: 'ASC',
        description: 'From which end.',
      }),
      ...offsetArgs(40, maxPage),
    },
    extensions: weigh({ searchWords: ['query'] }),
    resolve: async (_root, { query: words, locationId, sort, direction, ...args }, context) => {
      if (locationId === '') throw invalid('locationId', 'required', 'is required');
      const span = spanOf(args, maxPage);
      const selection = { locationId, sort, direction, ...span };
      const { id } = requireCaller(context).account;
      const query = searchQuery('query', words);
      const page = query
        ? await searchItemPage(context, id, selection, query)
        : await readItemPage(context, id, selection);
      if (!page) throw new DomainError('FORBIDDEN');
      return offsetPage(span, page);
    },
  }),
);
