import { DomainError } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { LocationRoleEnum } from '../location/roles.ts';
import { assertNotLastAdmin, readBoth } from './lastAdmin.ts';

builder.mutationField('changeMemberRole', (t) =>
  t.boolean({
    access: signedIn,
    description:
      'Gives a member another role; false when it was theirs already. For administrators of the location. Throws FORBIDDEN, NOT_FOUND or LAST_LOCATION_ADMIN.',
    args: {
      locationId: t.arg.id({ required: true, description: 'The location.' }),
      accountId: t.arg.id({ required: true, description: 'Whose.' }),
      role: t.arg({ type: LocationRoleEnum, required: true, description: 'The new role.' }),
    },
    resolve: async (_root, { locationId, accountId, role }, context) => {
      const caller = requireCaller(context);
      const before = await context.db.$transaction(async (tx) => {
        const { actor, target } = await readBoth(tx, locationId, caller.account.id, accountId);
        if (actor.role !== 'ADMIN') throw new DomainError('FORBIDDEN');
        if (!target) throw new DomainError('NOT_FOUND');
        if (target.role === role) return null;
        await assertNotLastAdmin(tx, target);
        await tx.membership.update({ where: { id: target.id }, data: { role } });
        return target;
      });
      if (!before) return false;
      context.services.activity.record(caller, {
        locationId,
        action: 'change_role',
        entityType: 'member',
        entityId: accountId,
        entityName: before.account.email,
        changes: { role: { old: before.role.toLowerCase(), new: role.toLowerCase() } },
      });
      return true;
    },
  }),
);
