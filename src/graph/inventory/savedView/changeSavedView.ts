import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { viewNameRule } from './rules.ts';
import { SavedViewType } from './types.ts';

builder.mutationFields((t) => ({
  renameSavedView: t.field({
    access: signedIn,
    type: SavedViewType,
    description: 'Renames one of your saved views. Throws NOT_FOUND.',
    args: {
      id: t.arg.id({ required: true, description: 'The view.' }),
      name: t.arg.string({ required: true, description: 'Trimmed; not empty.' }),
    },
    resolve: async (_root, { id, ...args }, context) => {
      const issues = new Issues();
      const name = checkText(issues, 'name', args.name, viewNameRule);
      issues.throwIfAny();
      const accountId = requireCaller(context).account.id;
      const [row] = await context.db.savedView.updateManyAndReturn({
        where: { id, accountId },
        data: { name },
      });
      if (!row) throw new DomainError('NOT_FOUND');
      return row;
    },
  }),
  deleteSavedView: t.boolean({
    access: signedIn,
    description: 'Deletes one of your saved views. Throws NOT_FOUND.',
    args: { id: t.arg.id({ required: true, description: 'The view.' }) },
    resolve: async (_root, { id }, context) => {
      const accountId = requireCaller(context).account.id;
      const { count } = await context.db.savedView.deleteMany({ where: { id, accountId } });
      if (count === 0) throw new DomainError('NOT_FOUND');
      return true;
    },
  }),
}));
