import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { byName } from '../../core/byName.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { LocationType } from './type.ts';
import { viewOf, viewsOf } from './views.ts';

interface Preview {
  readonly name: string;
  readonly memberCount: number;
  readonly viewerCount: number;
}

const InvitePreview = builder.objectRef<Preview>('InvitePreview').implement({
  description: 'What somebody who has an invite code may know before joining.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What the location is called.' }),
    memberCount: t.exposeInt('memberCount', { description: 'Administrators and members.' }),
    viewerCount: t.exposeInt('viewerCount', { description: 'Viewers.' }),
  }),
});

builder.queryFields((t) => ({
  locations: t.field({
    access: signedIn,
    type: [LocationType],
    description: 'The locations that you belong to, by name without regard to case.',
    resolve: async (_root, _args, context) => {
      const { id } = requireCaller(context).account;
      const rows = await context.db.membership.findMany({
        where: { accountId: id },
        include: { location: true },
      });
      return viewsOf(context.db, id, rows).sort(byName);
    },
  }),
  location: t.field({
    access: signedIn,
    type: LocationType,
    description: 'A location that you belong to; FORBIDDEN for any other.',
    args: { id: t.arg.id({ required: true, description: 'The location.' }) },
    resolve: async (_root, { id }, context) => {
      const { account } = requireCaller(context);
      const row = await context.db.membership.findUnique({
        where: { locationId_accountId: { locationId: id, accountId: account.id } },
        include: { location: true },
      });
      if (!row) throw new DomainError('FORBIDDEN');
      return viewOf(context.db, account.id, row.location, row.role);
    },
  }),
  invitePreview: t.field({
    access: signedIn,
    type: InvitePreview,
    description: 'The location behind an invite code. Throws NOT_FOUND.',
    args: { code: t.arg.string({ required: true, description: 'The code.' }) },
    resolve: async (_root, args, { db }) => {
      const code = args.code.trim();
      if (code === '') throw invalid('code', 'required', 'is required');
      const location = await db.location.findUnique({
        where: { inviteCode: code },
        select: { id: true, name: true },
      });
      if (!location) throw new DomainError('NOT_FOUND');
      const [total, viewerCount] = await Promise.all([
        db.membership.count({ where: { locationId: location.id } }),
        db.membership.count({ where: { locationId: location.id, role: 'VIEWER' } }),
      ]);
      return { name: location.name, memberCount: total - viewerCount, viewerCount };
    },
  }),
}));
