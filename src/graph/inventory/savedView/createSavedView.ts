import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import { isJsonObject } from '../../core/isJsonObject.ts';
import { newId } from '../../core/newId.ts';
import { lockCaller } from '../../identity/session/lockCaller.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { SavedViewType, viewNameRule } from './savedViews.ts';

const maxViews = 10;
const maxFilterBytes = 100_000;

builder.relayMutationField(
  'createSavedView',
  {
    description: 'A new saved view.',
    inputFields: (t) => ({
      name: t.string({ required: true, description: 'Trimmed; not empty.' }),
      searchQuery: t.string({
        required: true,
        defaultValue: '',
        description: 'The text that is searched for.',
      }),
      sort: t.string({
        required: true,
        defaultValue: 'updated',
        description: 'The order, as the client names it.',
      }),
      filters: t.field({ type: 'JSON', description: 'A JSON object; empty unless given.' }),
    }),
  },
  {
    access: signedIn,
    description: `Saves a view, at most ${maxViews} of them. Throws SAVED_VIEW_LIMIT_REACHED.`,
    resolve: async (_root, { input }, context) => {
      const issues = new Issues();
      const name = checkText(issues, 'name', input.name, viewNameRule);
      const filters = input.filters ?? {};
      if (!isJsonObject(filters)) issues.add('filters', 'type', 'must be an object');
      else if (Buffer.byteLength(JSON.stringify(filters)) > maxFilterBytes) {
        issues.add('filters', 'too_long', `must be at most ${maxFilterBytes} bytes`);
      }
      issues.throwIfAny();
      const caller = requireCaller(context);
      const accountId = caller.account.id;
      const { searchQuery, sort } = input;
      const savedView = await context.db.$transaction(async (tx) => {
        await lockCaller(tx, caller);
        if ((await tx.savedView.count({ where: { accountId } })) >= maxViews) {
          throw new DomainError('SAVED_VIEW_LIMIT_REACHED');
        }
        return tx.savedView.create({
          data: {
            id: newId(),
            accountId,
            name,
            searchQuery,
            sort,
            filters: filters as Prisma.InputJsonObject,
          },
        });
      });
      return { savedView };
    },
  },
  {
    description: 'What `createSavedView` returns.',
    outputFields: (t) => ({
      savedView: t.expose('savedView', { type: SavedViewType, description: 'The new view.' }),
    }),
  },
);
