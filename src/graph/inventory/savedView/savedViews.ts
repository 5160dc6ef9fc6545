import { builder } from '../../core/builder.ts';
import type { TextRule } from '../../core/checkText.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../../identity/account/type.ts';
import { assertOwn } from '../../identity/session/ownAccount.ts';

/** Limits on the name are the request's own: the contract wants none (OpenBin 20), and there are ten views at most. */
export const viewNameRule: TextRule = { required: true, maxLength: Number.POSITIVE_INFINITY };

export const SavedViewType = builder.prismaObject('SavedView', {
  description: 'A search that its owner wants to have again.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    searchQuery: t.exposeString('searchQuery', { description: 'The text that is searched for.' }),
    sort: t.exposeString('sort', { description: 'The order, as the client names it.' }),
    filters: t.expose('filters', { type: 'JSON', description: 'As the client gave them.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
  }),
});

builder.objectField(AccountType, 'savedViews', (t) =>
  t.field({
    type: [SavedViewType],
    description: 'Your saved views, oldest first; at most ten.',
    extensions: weigh({ statements: 1 }),
    resolve: (account, _args, context) => {
      assertOwn(context, account);
      return context.db.savedView.findMany({
        where: { accountId: account.id },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
    },
  }),
);
