import { resolveCursorConnection } from '@pothos/plugin-relay';
import { invalid } from '../../../errors/issues.ts';
import { type Activity, Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { type JsonSql, jsonSql } from '../../core/jsonSql.ts';
import { checkPageSize, defaultPageSize, maxPageSize, type Page } from '../../core/keyset.ts';
import { perParent } from '../../core/loader.ts';
import { weigh } from '../../core/weight.ts';
import { byLocation, readForEach } from '../location/perLocation.ts';
import { LocationType } from '../location/type.ts';
import { deletedPerson } from './forget.ts';
import { withKnownNames } from './namedBins.ts';

const { sql } = Prisma;

/** A row of the log; moments are RFC 3339 texts. */
interface Row extends Omit<Activity, 'createdAt' | 'onlyForId'> {
  readonly createdAt: string;
  readonly accountName: string | null;
}

const ActivityAuthMethodEnum = builder.enumType('ActivityAuthMethod', {
  description: 'With what something was done.',
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
    userName: t.exposeString('userName', {
      description: `The address of that person at the time; \`${deletedPerson}\` once the account is deleted.`,
    }),
    displayName: t.string({
      description: 'What that person is called now; what `userName` says when the account is gone.',
      resolve: ({ accountName, userName }) => accountName || userName,
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

interface Asked {
  readonly filter: typeof ActivityFilter.$inferInput;
  readonly limit: number;
  readonly offset: number;
  readonly isOldestFirst: boolean;
  /** Only what lies beyond these rows, in the order of the log. */
  readonly after?: Place | undefined;
  readonly before?: Place | undefined;
}

/** Where a row stands: joined entries move to the front, so that an id alone would not tell. */
interface Place {
  readonly createdAt: Date;
  readonly id: string;
}

const cursorOf = ({ createdAt, id }: Row) => `${createdAt}_${id}`;
const cursorPattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/;

/** Throws INVALID_INPUT for what is no cursor of a log. */
function placeOf(name: 'after' | 'before', cursor: string | null | undefined): Place | undefined {
  if (cursor == null) return undefined;
  const [, moment = '', id = ''] = cursorPattern.exec(cursor) ?? [];
  const createdAt = new Date(moment);
  if (Number.isNaN(createdAt.getTime())) throw invalid(name, 'format', 'is not a cursor of this list');
  return { createdAt, id };
}

/** The rows that an account may read, as SQL about rows called `a`. */
function conditionsOf(json: JsonSql, viewerId: string, filter: Asked['filter']): Prisma.Sql {
  const { entityType, entityId, accountId, from, to } = filter;
  const conditions = [sql`(a."onlyForId" IS NULL OR a."onlyForId" = ${viewerId})`];
  if (entityType != null) conditions.push(sql`a."entityType" = ${entityType}`);
  if (entityId != null) conditions.push(sql`a."entityId" = ${entityId}`);
  if (accountId != null) conditions.push(sql`a."accountId" = ${accountId}`);
  if (from) conditions.push(sql`a."createdAt" >= ${moment(json, from)}`);
  if (to) conditions.push(sql`a."createdAt" < ${moment(json, to)}`);
  return Prisma.join(conditions, ' AND ');
}

/** A moment as a value that is compared with a column. */
const moment = (json: JsonSql, value: Date): Prisma.Sql =>
  json.engine === 'sqlite' ? sql`${value}` : sql`${value}::timestamp`;

/** Rows by an account that is deleted, or whose deletion released its address; what the console did is by no account. */
const actorIsGone = sql`((a."accountId" IS NULL AND a."authMethod" IS NOT NULL) OR c."releasedEmail" IS NOT NULL)`;
const memberIsGone = sql`coalesce(
  (SELECT e."releasedEmail" IS NOT NULL FROM "Account" e WHERE e."id" = a."entityId"), 1 = 1)`;

/** A page of the log of each location, in one statement, and one more where rows name bins. */
const activitiesOf = perParent<Row[], Asked>(async ({ ids, viewerId, args }, context) => {
  const json = jsonSql(context.services.database);
  const { limit, offset, isOldestFirst, after, before } = args;
  const order = Prisma.raw(isOldestFirst ? 'ASC' : 'DESC');
  const row = sql`(a."createdAt", a."id")`;
  const beyond = Prisma.join(
    [
      conditionsOf(json, viewerId, args.filter),
      ...(after ? [sql`${row} < (${moment(json, after.createdAt)}, ${after.id})`] : []),
      ...(before ? [sql`${row} > (${moment(json, before.createdAt)}, ${before.id})`] : []),
    ],
    ' AND ',
  );
  const found = await readForEach<Row & { changes: unknown }>(
    context,
    ids,
    (locationId) => sql`
      SELECT a."id", a."locationId", a."accountId", a."action", a."entityType", a."entityId", a."changes",
             CASE WHEN ${actorIsGone} THEN ${deletedPerson} ELSE a."userName" END AS "userName",
             CASE WHEN a."entityType" = 'member' AND ${memberIsGone} THEN ${deletedPerson} ELSE a."entityName" END
               AS "entityName", a."authMethod", a."apiKeyId", a."apiKeyName",
             ${json.moment(sql`a."createdAt"`)} AS "createdAt",
             CASE WHEN ${actorIsGone} THEN NULL ELSE c."name" END AS "accountName"
      FROM "Activity" a LEFT JOIN "Account" c ON c."id" = a."accountId"
      WHERE a."locationId" = ${locationId} AND ${beyond}
      ORDER BY a."createdAt" ${order}, a."id" ${order} LIMIT ${limit} OFFSET ${offset}`,
  );
  const rows = found.map((each) =>
    // SQLite gives the text of the JSON, PostgreSQL's driver what it says.
    typeof each.changes === 'string' ? { ...each, changes: JSON.parse(each.changes) } : each,
  );
  const comesFirst = (a: Row, b: Row) => cursorOf(a) < cursorOf(b) === isOldestFirst;
  rows.sort((a, b) => (comesFirst(a, b) ? -1 : 1));
  return byLocation(await withKnownNames(context.db, viewerId, rows));
});

const activityCountOf = perParent<number, Asked['filter']>(async ({ ids, viewerId, args }, context) => {
  const { database } = context.services;
  const counts = await database.read<{ locationId: string; count: number | string }>(sql`
    SELECT a."locationId", count(*) AS "count" FROM "Activity" a
    WHERE a."locationId" IN (${Prisma.join([...ids])})
      AND ${conditionsOf(jsonSql(database), viewerId, args)}
    GROUP BY a."locationId"`);
  return new Map(counts.map(({ locationId, count }) => [locationId, Number(count)]));
});

builder.objectField(LocationType, 'activities', (t) =>
  t.connection({
    type: ActivityType,
    description: 'What was done here, newest first, without what was done with private bins of others.',
    args: {
      filter: t.arg({ type: ActivityFilter, description: 'Which.' }),
      offset: t.arg.int({ required: true, defaultValue: 0, description: 'How many to leave out first.' }),
    },
    extensions: weigh({ statements: 2, batched: true }),
    resolve: async (location, { filter: given, offset, ...args }, context) => {
      checkPageSize(args);
      if (offset < 0) throw invalid('offset', 'range', 'must be at least 0');
      const filter = given ?? {};
      const places = { after: placeOf('after', args.after), before: placeOf('before', args.before) };
      const page = await resolveCursorConnection(
        { args, defaultSize: defaultPageSize, maxSize: maxPageSize, toCursor: (row) => cursorOf(row as Row) },
        async ({ limit, inverted }) =>
          (await activitiesOf(location, context, {
            filter,
            limit,
            offset,
            isOldestFirst: inverted,
            ...places,
          })) ?? [],
      );
      return {
        ...(page as Omit<Page<Row>, 'totalCount'>),
        totalCount: async () => (await activityCountOf(location, context, filter)) ?? 0,
      };
    },
  }),
);
