import { DomainError, notFound } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import type { Location } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
import { isUniqueViolation } from '../../core/uniqueViolation.ts';
import { securityLog } from '../../identity/security/events.ts';
import { lockCaller } from '../../identity/session/lockCaller.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { inventoryServices } from '../services.ts';
import { lockInvited } from './lockInvited.ts';
import { LocationType } from './type.ts';

/** Throws NOT_FOUND or ALREADY_MEMBER. */
async function join(context: GraphContext, caller: Caller, inviteCode: string): Promise<Location> {
  const { db } = context;
  const security = securityLog(context);
  // Asked first, so that guesses at codes do not wait for those who write.
  if ((await db.location.count({ where: { inviteCode } })) === 0) throw notFound('Invitation');
  try {
    const joined = await db.$transaction(async (tx) => {
      const location = await lockInvited(tx, inviteCode);
      const { id: locationId, defaultJoinRole: role } = location;
      // After the location, in the order of `withDeletionLocks`: who is being deleted joins nothing.
      const account = await lockCaller(tx, caller);
      const accountId = account.id;
      await tx.membership.create({
        data: { id: newId(), locationId, accountId, role },
        select: { id: true },
      });
      const target = { type: 'location', id: locationId, name: location.name };
      await security.record(tx, { name: 'member_joined', account, target, details: { role } });
      return location;
    });
    security.committed();
    return joined;
  } catch (error) {
    throw isUniqueViolation(error) ? new DomainError('ALREADY_MEMBER', { cause: error }) : error;
  }
}

builder.relayMutationField(
  'joinLocation',
  {
    description: 'The location to join.',
    inputFields: (t) => ({ inviteCode: t.string({ required: true, description: 'Its code.' }) }),
  },
  {
    access: signedIn,
    description: 'Adds you to the location whose code you have. Throws NOT_FOUND or ALREADY_MEMBER.',
    resolve: async (_root, { input }, context) => {
      const caller = requireCaller(context);
      const inviteCode = input.inviteCode.trim();
      if (inviteCode === '') throw invalid('inviteCode', 'required', 'is required');
      const viewerId = caller.account.id;
      const location = await join(context, caller, inviteCode);
      inventoryServices(context).activity.record(caller, {
        locationId: location.id,
        action: 'join',
        entityType: 'member',
        entityId: viewerId,
        entityName: caller.account.email,
      });
      return { location: { ...location, viewerId, role: location.defaultJoinRole } };
    },
  },
  {
    description: 'What `joinLocation` returns.',
    outputFields: (t) => ({
      location: t.expose('location', { type: LocationType, description: 'The location that you joined.' }),
    }),
  },
);
