import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import type { Location, PrismaClient } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { Caller } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { lockCaller } from '../../identity/session/lockCaller.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { lockInvited } from './lockInvited.ts';
import { LocationType } from './type.ts';
import { viewOf } from './views.ts';

/** Throws NOT_FOUND or ALREADY_MEMBER. */
async function join(db: PrismaClient, caller: Caller, inviteCode: string): Promise<Location> {
  // Asked first, so that guesses at codes do not wait for those who write.
  if ((await db.location.count({ where: { inviteCode } })) === 0) throw new DomainError('NOT_FOUND');
  try {
    return await db.$transaction(async (tx) => {
      const location = await lockInvited(tx, inviteCode);
      const { id: locationId, defaultJoinRole: role } = location;
      // After the location, in the order of `withDeletionLocks`: who is being deleted joins nothing.
      const { id: accountId } = await lockCaller(tx, caller);
      await tx.membership.create({
        data: { id: newId(), locationId, accountId, role },
        select: { id: true },
      });
      return location;
    });
  } catch (error) {
    throw isUniqueViolation(error) ? new DomainError('ALREADY_MEMBER', { cause: error }) : error;
  }
}

builder.mutationField('joinLocation', (t) =>
  t.field({
    access: signedIn,
    type: LocationType,
    description:
      'Makes you a member of the location whose code you have. Throws NOT_FOUND or ALREADY_MEMBER.',
    args: { inviteCode: t.arg.string({ required: true, description: 'The code.' }) },
    resolve: async (_root, args, context) => {
      const caller = requireCaller(context);
      const inviteCode = args.inviteCode.trim();
      if (inviteCode === '') throw invalid('inviteCode', 'required', 'is required');
      const accountId = caller.account.id;
      const location = await join(context.db, caller, inviteCode);
      context.services.activity.record(caller, {
        locationId: location.id,
        action: 'join',
        entityType: 'member',
        entityId: accountId,
        entityName: caller.account.email,
      });
      return viewOf(context.db, accountId, location, location.defaultJoinRole);
    },
  }),
);
