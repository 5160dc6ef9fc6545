import { type LocationRole, type Membership, Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { GraphContext } from '../../core/context.ts';
import { jsonSql } from '../../core/jsonSql.ts';
import { type KeysetPage, keysetConnection } from '../../core/keyset.ts';
import { perParent } from '../../core/loader.ts';
import { fewRows, weigh } from '../../core/weight.ts';
import { byLocation, readForEach } from '../location/perLocation.ts';
import { LocationRoleEnum } from '../location/roles.ts';
import { LocationType } from '../location/type.ts';

/** A membership with whose it is. */
export type Member = Membership & { readonly account: { readonly name: string; readonly email: string } };

/** What a `Member` is read with. */
export const withAccount = { account: { select: { name: true, email: true } } } as const;

interface MemberRow {
  readonly id: string;
  readonly locationId: string;
  readonly accountId: string;
  readonly role: LocationRole;
  readonly joinedAt: Date | string;
  readonly name: string;
  readonly email: string;
}

/** A member as the graph shows one. */
export const memberRow = ({ account, ...membership }: Member): MemberRow => ({ ...membership, ...account });

export const MemberType = builder.objectRef<MemberRow>('Member').implement({
  description: 'An account that belongs to a location.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID of the membership.' }),
    locationId: t.exposeID('locationId', { description: 'The location.' }),
    accountId: t.exposeID('accountId', { description: 'The account.' }),
    role: t.expose('role', { type: LocationRoleEnum, description: 'What they may do.' }),
    joinedAt: t.expose('joinedAt', { type: 'DateTime', description: 'Since when.' }),
    name: t.exposeString('name', { description: 'What they are called.' }),
    email: t.exposeString('email', { description: 'Their address.' }),
  }),
});

const { sql } = Prisma;

/**
 * A page of members for each location, in one statement. Who waits for a deletion that released the address is none any
 * more for others.
 */
async function readMembers(
  context: GraphContext,
  ids: readonly string[],
  { where: { id }, orderBy, take }: KeysetPage,
): Promise<ReadonlyMap<string, MemberRow[]>> {
  const { moment } = jsonSql(context.services.database);
  const [above, below] = [
    id.gt === undefined ? Prisma.empty : sql`AND m."id" > ${id.gt}`,
    id.lt === undefined ? Prisma.empty : sql`AND m."id" < ${id.lt}`,
  ];
  const isAscending = orderBy.id === 'asc';
  const rows = await readForEach<MemberRow>(
    context,
    ids,
    (locationId) => sql`
      SELECT m."id", m."locationId", m."accountId", m."role", ${moment(sql`m."joinedAt"`)} AS "joinedAt",
             a."name", a."email"
      FROM "Membership" m JOIN "Account" a ON a."id" = m."accountId"
      WHERE m."locationId" = ${locationId} AND a."releasedEmail" IS NULL ${above} ${below}
      ORDER BY m."id" ${Prisma.raw(isAscending ? 'ASC' : 'DESC')} LIMIT ${take}`,
  );
  return byLocation(rows.sort((a, b) => (a.id < b.id === isAscending ? -1 : 1)));
}

const membersOf = perParent<MemberRow[], KeysetPage>(({ ids, args }, context) =>
  readMembers(context, ids, args),
);

const memberCountOf = perParent<number>(async ({ ids }, { db }) => {
  const counts = await db.membership.groupBy({
    by: ['locationId'],
    where: { locationId: { in: [...ids] }, account: { releasedEmail: null } },
    _count: { _all: true },
  });
  return new Map(counts.map(({ locationId, _count }) => [locationId, _count._all]));
});

builder.objectField(LocationType, 'members', (t) =>
  t.connection({
    type: MemberType,
    description: 'All who belong here, in the order of joining.',
    extensions: weigh({ statements: 1, batched: true, size: fewRows }),
    resolve: (location, args, context) =>
      keysetConnection(
        args,
        async (page) => (await membersOf(location, context, page)) ?? [],
        async () => (await memberCountOf(location, context, undefined)) ?? 0,
        { order: 'OLDEST_FIRST' },
      ),
  }),
);
