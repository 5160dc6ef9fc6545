import { builder } from '../../core/builder.ts';
import { LocationRoleEnum } from './roles.ts';
import type { LocationView } from './views.ts';

/** A location; other nouns add their lists to it in their own folders. Whoever has one belongs to it. */
export const LocationType = builder.objectRef<LocationView>('Location').implement({
  description: 'A household, workshop or office: everything that is kept lies in one.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    createdById: t.exposeID('createdById', {
      nullable: true,
      description: 'Who made it; null when the account is gone.',
    }),
    inviteCode: t.string({
      nullable: true,
      description: 'Whoever has it may join. Only for administrators of the location.',
      resolve: ({ role, inviteCode }) => (role === 'ADMIN' ? inviteCode : null),
    }),
    activityRetentionDays: t.exposeInt('activityRetentionDays', { description: 'How long the log is kept.' }),
    trashRetentionDays: t.exposeInt('trashRetentionDays', { description: 'How long the trash is kept.' }),
    appName: t.exposeString('appName', { description: 'What clients call themselves here.' }),
    termBin: t.exposeString('termBin', {
      description: 'Another word for bins, `singular|plural`; empty for none.',
    }),
    termLocation: t.exposeString('termLocation', {
      description: 'Another word for locations; empty for none.',
    }),
    termArea: t.exposeString('termArea', { description: 'Another word for areas; empty for none.' }),
    defaultJoinRole: t.expose('defaultJoinRole', {
      type: LocationRoleEnum,
      description: 'What somebody becomes who joins by the code.',
    }),
    role: t.expose('role', { type: LocationRoleEnum, description: 'What you may do here.' }),
    memberCount: t.int({
      description: 'Administrators and members.',
      resolve: async ({ counts }) => (await counts()).members,
    }),
    viewerCount: t.int({ description: 'Viewers.', resolve: async ({ counts }) => (await counts()).viewers }),
    areaCount: t.int({ description: 'Areas.', resolve: async ({ counts }) => (await counts()).areas }),
    binCount: t.int({
      description: 'Bins that you may see, without the trash.',
      resolve: async ({ counts }) => (await counts()).bins,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});
