import { invalid } from '../../../errors/issues.ts';
import type { Activity, Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { LocationType } from '../location/type.ts';
import { readableBy, withKnownNames } from './namedBins.ts';

const maxPage = 100;

type Row = Activity & { account: { name: string } | null };

const ActivityAuthMethodEnum = builder.enumType('ActivityAuthMethod', {
  description: 'With what somebody did something.',
  values: { SESSION: { description: 'An access token.' }, API_KEY: { description: 'An API key.' } } as const,
});

const ActivityType = builder.objectRef<Row>('Activity').implement({
  description: 'Something that was done in a location.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    locationId: t.exposeID('locationId', { description: 'Where.' }),
    accountId: t.exposeID('accountId', {
      nullable: true,
      description: 'By whom; null when the account is gone.',
    }),
    userName: t.exposeString('userName', { description: 'The address of that person at the time.' }),
    displayName: t.string({
      description: 'What that person is called now; the address at the time when the account is gone.',
      resolve: ({ account, userName }) => account?.name || userName,
    }),
    action: t.exposeString('action', { description: 'What was done, such as `create`.' }),
    entityType: t.exposeString('entityType', { description: 'To what kind of thing, such as `bin`.' }),
    entityId: t.exposeID('entityId', { nullable: true, description: 'To which one.' }),
    entityName: t.exposeString('entityName', { nullable: true, description: 'What that was called.' }),
    changes: t.expose('changes', { type: 'JSON', nullable: true, description: '`{field: {old, new}}`.' }),
    authMethod: t.expose('authMethod', {
      type: ActivityAuthMethodEnum,
      nullable: true,
      description: 'With what; null for the console of the server.',
    }),
    apiKeyId: t.exposeID('apiKeyId', { nullable: true, description: 'With which API key.' }),
    apiKeyName: t.exposeString('apiKeyName', { nullable: true, description: 'What the key was called.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When.' }),
  }),
});

const ActivityFilter = builder.inputType('ActivityFilter', {
  description: 'Which activities; what is left out does not matter.',
  fields: (t) => ({
    entityType: t.string({ description: 'Only of this kind of thing.' }),
    entityId: t.string({ description: 'Only of this thing.' }),
    accountId: t.string({ description: 'Only by this person.' }),
    from: t.field({ type: 'DateTime', description: 'Only then and later.' }),
    to: t.field({ type: 'DateTime', description: 'Only earlier than this.' }),
  }),
});

interface ActivityPage {
  readonly results: Row[];
  readonly totalCount: number;
}

const ActivityPageType = builder.objectRef<ActivityPage>('ActivityPage').implement({
  description: 'A page of the log.',
  fields: (t) => ({
    results: t.expose('results', { type: [ActivityType], description: 'Newest first.' }),
    totalCount: t.exposeInt('totalCount', { description: 'How many there are over all pages.' }),
  }),
});

function whereOf(
  locationId: string,
  viewerId: string,
  filter: typeof ActivityFilter.$inferInput,
): Prisma.ActivityWhereInput {
  const { entityType, entityId, accountId, from, to } = filter;
  return {
    locationId,
    ...readableBy(viewerId),
    ...(entityType != null && { entityType }),
    ...(entityId != null && { entityId }),
    ...(accountId != null && { accountId }),
    ...((from || to) && { createdAt: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
  };
}

builder.objectField(LocationType, 'activities', (t) =>
  t.field({
    type: ActivityPageType,
    description: 'What was done here, newest first, without what was done with private bins of others.',
    args: {
      filter: t.arg({ type: ActivityFilter, description: 'Which.' }),
      limit: t.arg.int({ required: true, defaultValue: 50, description: `From 1 to ${maxPage}.` }),
      offset: t.arg.int({ required: true, defaultValue: 0, description: 'How many to leave out first.' }),
    },
    extensions: weigh({ statements: 4 }),
    resolve: async (location, { filter, limit, offset }, { db }) => {
      if (limit < 1 || limit > maxPage) throw invalid('limit', 'range', `must be between 1 and ${maxPage}`);
      if (offset < 0) throw invalid('offset', 'range', 'must be at least 0');
      const where = whereOf(location.id, location.viewerId, filter ?? {});
      const [results, totalCount] = await Promise.all([
        db.activity.findMany({
          where,
          include: { account: { select: { name: true } } },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take: limit,
          skip: offset,
        }),
        db.activity.count({ where }),
      ]);
      return { results: await withKnownNames(db, location.id, location.viewerId, results), totalCount };
    },
  }),
);
