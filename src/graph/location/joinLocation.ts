import { DomainError } from '../../errors/domainError.ts';
import { invalid } from '../../errors/issues.ts';
import { builder } from '../builder.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { isUniqueViolation } from '../shared/uniqueViolation.ts';
import { LocationType } from './type.ts';
import { viewOf } from './views.ts';

builder.mutationField('joinLocation', (t) =>
  t.field({
    type: LocationType,
    description:
      'Makes you a member of the location whose code you have. Throws NOT_FOUND or ALREADY_MEMBER.',
    args: { inviteCode: t.arg.string({ required: true, description: 'The code.' }) },
    resolve: async (_root, args, context) => {
      const caller = requireCaller(context);
      const inviteCode = args.inviteCode.trim();
      if (inviteCode === '') throw invalid('inviteCode', 'required', 'is required');
      const location = await context.db.location.findUnique({ where: { inviteCode } });
      if (!location) throw new DomainError('NOT_FOUND');
      const { id: locationId, defaultJoinRole: role } = location;
      const accountId = caller.account.id;
      try {
        await context.db.membership.create({ data: { locationId, accountId, role } });
      } catch (error) {
        throw isUniqueViolation(error) ? new DomainError('ALREADY_MEMBER', { cause: error }) : error;
      }
      context.services.activity.record(caller, {
        locationId,
        action: 'join',
        entityType: 'member',
        entityId: accountId,
        entityName: caller.account.email,
      });
      return viewOf(context.db, accountId, location, role);
    },
  }),
);
