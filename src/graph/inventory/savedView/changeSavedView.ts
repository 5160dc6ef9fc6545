import { notFound } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { SavedViewType, viewNameRule } from './savedViews.ts';

builder.relayMutationField(
  'renameSavedView',
  {
    description: 'Another name for a saved view.',
    inputFields: (t) => ({
      id: t.id({ required: true, description: 'The view.' }),
      name: t.string({ required: true, description: 'Trimmed; not empty.' }),
    }),
  },
  {
    access: signedIn,
    description: 'Renames one of your saved views. Throws NOT_FOUND.',
    resolve: async (_root, { input }, context) => {
      const issues = new Issues();
      const name = checkText(issues, 'name', input.name, viewNameRule);
      issues.throwIfAny();
      const accountId = requireCaller(context).account.id;
      const [savedView] = await context.db.savedView.updateManyAndReturn({
        where: { id: input.id, accountId },
        data: { name },
      });
      if (!savedView) throw notFound('Saved view');
      return { savedView };
    },
  },
  {
    description: 'What `renameSavedView` returns.',
    outputFields: (t) => ({
      savedView: t.expose('savedView', { type: SavedViewType, description: 'The renamed view.' }),
    }),
  },
);

builder.relayMutationField(
  'deleteSavedView',
  {
    description: 'The saved view to delete.',
    inputFields: (t) => ({ id: t.id({ required: true, description: 'The view.' }) }),
  },
  {
    access: signedIn,
    description: 'Deletes one of your saved views. Throws NOT_FOUND.',
    resolve: async (_root, { input: { id } }, context) => {
      const accountId = requireCaller(context).account.id;
      const { count } = await context.db.savedView.deleteMany({ where: { id, accountId } });
      if (count === 0) throw notFound('Saved view');
      return { id };
    },
  },
  {
    description: 'What `deleteSavedView` returns.',
    outputFields: (t) => ({
      deletedSavedViewId: t.exposeID('id', { description: 'The view that is gone.' }),
    }),
  },
);
