import type { Area } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';

export const AreaType = builder.objectRef<Area>('Area').implement({
  description: 'A room, a shelf, a drawer: areas form a tree in their location.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    locationId: t.exposeID('locationId', { description: 'The location.' }),
    name: t.exposeString('name', { description: 'What it is called; no two siblings have the same name.' }),
    parentId: t.exposeID('parentId', {
      nullable: true,
      description: 'The area that holds it; null at the top.',
    }),
    createdById: t.exposeID('createdById', {
      nullable: true,
      description: 'Who made it; null when the account is gone.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});
