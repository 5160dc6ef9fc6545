import { builder } from '../../core/builder.ts';
import type { ShoppingEntryRow } from './rows.ts';

export const ShoppingEntryType = builder.objectRef<ShoppingEntryRow>('ShoppingEntry').implement({
  description: 'Something to buy.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    locationId: t.exposeID('locationId', { description: 'The location.' }),
    name: t.exposeString('name', { description: 'What to buy.' }),
    originBinId: t.exposeID('originBinId', {
      nullable: true,
      description: 'The bin that it belongs in once it is bought; null for none, or when that bin is gone.',
    }),
    originBinName: t.exposeString('originBinName', {
      nullable: true,
      description: 'What that bin is called.',
    }),
    originBinIcon: t.exposeString('originBinIcon', {
      nullable: true,
      description: 'The picture of that bin.',
    }),
    originBinColor: t.exposeString('originBinColor', {
      nullable: true,
      description: 'The color of that bin.',
    }),
    originBinTrashed: t.boolean({
      description: 'Whether that bin is in the trash.',
      resolve: ({ originBinDeletedAt }) => originBinDeletedAt !== null,
    }),
    createdById: t.exposeID('createdById', {
      nullable: true,
      description: 'Who wants it; null when the account is gone.',
    }),
    createdByName: t.exposeString('createdByName', {
      nullable: true,
      description: 'What that person is called now.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'Since when.' }),
  }),
});

export const ShoppingEntryConnection = builder.connectionObject(
  { type: ShoppingEntryType, name: 'ShoppingEntryConnection', description: 'A page of a shopping list.' },
  { name: 'ShoppingEntryEdge' },
);
