import { DomainError, notFound } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { type Location, type Membership, Prisma } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { byName } from '../../core/byName.ts';
import type { GraphContext } from '../../core/context.ts';
import { tableRows } from '../../core/tableRows.ts';
import { fewRows, weigh } from '../../core/weight.ts';
import { wholeList } from '../../core/wholeList.ts';
import { AccountType } from '../../identity/account/type.ts';
import { assertOwn } from '../../identity/session/ownAccount.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import type { LocationView } from './perLocation.ts';
import { LocationType } from './type.ts';

interface Preview {
  readonly name: string;
  readonly memberCount: number;
  readonly viewerCount: number;
}

const InvitePreview = builder.objectRef<Preview>('InvitePreview').implement({
  description: 'What an invite code tells of its location before joining.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What the location is called.' }),
    memberCount: t.exposeInt('memberCount', { description: 'Administrators and members.' }),
    viewerCount: t.exposeInt('viewerCount', { description: 'Viewers.' }),
  }),
});

const locationRows = tableRows<Location & Pick<Membership, 'role'>>('Location');

/** The locations that an account belongs to, or the one of them with an id, by one statement. */
async function readLocations(
  { services: { database } }: GraphContext,
  viewerId: string,
  id?: string,
): Promise<LocationView[]> {
  const which = id === undefined ? Prisma.empty : Prisma.sql`AND m."locationId" = ${id}`;
  const rows = await database.read<object>(Prisma.sql`
    SELECT ${locationRows.columns(database.engine, 'l')}, m."role"
    FROM "Membership" m JOIN "Location" l ON l."id" = m."locationId"
    WHERE m."accountId" = ${viewerId} ${which}`);
  return rows.map((row) => Object.assign(locationRows.decode(row), { viewerId }));
}

builder.objectField(AccountType, 'locations', (t) =>
  t.connection({
    type: LocationType,
    description: 'The locations that you belong to, by name without regard to case.',
    extensions: weigh({ statements: 1, size: fewRows }),
    resolve: async (account, args, context) => {
      assertOwn(context, account);
      const locations = (await readLocations(context, account.id)).sort(byName);
      return wholeList(args, locations, ({ id }) => id);
    },
  }),
);

builder.queryFields((t) => ({
  location: t.field({
    access: signedIn,
    type: LocationType,
    nullable: true,
    description: 'Returns a location that you belong to. Throws FORBIDDEN for any other.',
    args: { id: t.arg.id({ required: true, description: 'The location.' }) },
    resolve: async (_root, { id }, context) => {
      const [location] = await readLocations(context, requireCaller(context).account.id, id);
      if (!location) throw new DomainError('FORBIDDEN');
      return location;
    },
  }),
  invitePreview: t.field({
    access: signedIn,
    type: InvitePreview,
    nullable: true,
    description: 'Returns the location behind an invite code. Throws NOT_FOUND.',
    args: { code: t.arg.string({ required: true, description: 'The code.' }) },
    resolve: async (_root, args, { db }) => {
      const code = args.code.trim();
      if (code === '') throw invalid('code', 'required', 'is required');
      const location = await db.location.findUnique({
        where: { inviteCode: code },
        select: { id: true, name: true },
      });
      if (!location) throw notFound('Invitation');
      const [total, viewerCount] = await Promise.all([
        db.membership.count({ where: { locationId: location.id } }),
        db.membership.count({ where: { locationId: location.id, role: 'VIEWER' } }),
      ]);
      return { name: location.name, memberCount: total - viewerCount, viewerCount };
    },
  }),
}));
