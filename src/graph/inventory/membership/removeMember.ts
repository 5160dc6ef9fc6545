import { DomainError, notFound } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { securityLog } from '../../identity/security/events.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { inventoryServices } from '../services.ts';
import { assertNotLastAdmin, readBoth } from './lastAdmin.ts';

builder.relayMutationField(
  'removeMember',
  {
    description: 'The member to remove.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      accountId: t.id({ required: true, description: 'The account of the member.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Removes a member from a location: administrators any, others only themselves. Throws FORBIDDEN, NOT_FOUND or LAST_LOCATION_ADMIN.',
    resolve: async (_root, { input: { locationId, accountId } }, context) => {
      const caller = requireCaller(context);
      const security = securityLog(context);
      const actorId = caller.account.id;
      const gone = await context.db.$transaction(async (tx) => {
        const { actor, target } = await readBoth(tx, locationId, actorId, accountId);
        if (actorId !== accountId && actor.role !== 'ADMIN') throw new DomainError('FORBIDDEN');
        if (!target) throw notFound('Member');
        await assertNotLastAdmin(tx, target);
        await tx.membership.delete({ where: { id: target.id } });
        // An account's active location is always one of its own.
        await tx.account.updateMany({
          where: { id: accountId, activeLocationId: locationId },
          data: { activeLocationId: null },
        });
        // What an administrator was shown is judged when it is used; who comes back later must not find it alive.
        await tx.oneTimeSecret.deleteMany({ where: { accountId, shownToId: { not: null } } });
        await security.record(tx, {
          name: 'member_removed',
          account: { id: accountId, email: target.account.email },
          target: { type: 'location', id: locationId, name: null },
          details: { role: target.role },
        });
        return target;
      });
      security.committed();
      await context.services.credentials.forget(accountId);
      inventoryServices(context).activity.record(caller, {
        locationId,
        action: actorId === accountId ? 'leave' : 'remove_member',
        entityType: 'member',
        entityId: accountId,
        entityName: gone.account.email,
      });
      return { id: gone.id };
    },
  },
  {
    description: 'What `removeMember` returns.',
    outputFields: (t) => ({
      deletedMemberId: t.exposeID('id', { description: 'The membership that is gone.' }),
    }),
  },
);
