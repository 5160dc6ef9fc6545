import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { countsOf, noCounts } from './counts.ts';
import type { LocationView } from './perLocation.ts';
import { LocationRoleEnum } from './roles.ts';

const counted = async (location: LocationView, context: GraphContext) =>
  (await countsOf(location, context, undefined)) ?? noCounts;

/** A location; other nouns add their lists to it in their own folders. Only those who belong to it get one. */
export const LocationType = builder.objectRef<LocationView>('Location').implement({
  description: 'A household, workshop or office: everything that is kept lies in one.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    createdById: t.exposeID('createdById', {
      nullable: true,
      description: 'Who created it; null when the account is gone.',
    }),
    inviteCode: t.string({
      nullable: true,
      description: 'The code to join by. Only for administrators of the location.',
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
      description: 'The role of those who join by the code.',
    }),
    role: t.expose('role', { type: LocationRoleEnum, description: 'What you may do here.' }),
    memberCount: t.int({
      description: 'Administrators and members.',
      resolve: async (location, _args, context) => (await counted(location, context)).members,
    }),
    viewerCount: t.int({
      description: 'Viewers.',
      resolve: async (location, _args, context) => (await counted(location, context)).viewers,
    }),
    areaCount: t.int({
      description: 'Areas.',
      resolve: async (location, _args, context) => (await counted(location, context)).areas,
    }),
    binCount: t.int({
      description: 'Bins that you may see, without the trash.',
      resolve: async (location, _args, context) => (await counted(location, context)).bins,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});
