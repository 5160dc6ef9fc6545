import { DomainError, notFound } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { byName } from '../../core/byName.ts';
import { fewRows, weigh } from '../../core/weight.ts';
import { wholeList } from '../../core/wholeList.ts';
import { AccountType } from '../../identity/account/type.ts';
import { assertOwn } from '../../identity/session/ownAccount.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
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

builder.objectField(AccountType, 'locations', (t) =>
  t.connection({
    type: LocationType,
    description: 'The locations that you belong to, by name without regard to case.',
    extensions: weigh({ statements: 1, size: fewRows }),
    resolve: async (account, args, context) => {
      assertOwn(context, account);
      const { id: viewerId } = account;
      const rows = await context.db.membership.findMany({
        where: { accountId: viewerId },
        include: { location: true },
      });
      const locations = rows.map(({ location, role }) => ({ ...location, viewerId, role })).sort(byName);
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
      const viewerId = requireCaller(context).account.id;
      const row = await context.db.membership.findUnique({
        where: { locationId_accountId: { locationId: id, accountId: viewerId } },
        include: { location: true },
      });
      if (!row) throw new DomainError('FORBIDDEN');
      return { ...row.location, viewerId, role: row.role };
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
