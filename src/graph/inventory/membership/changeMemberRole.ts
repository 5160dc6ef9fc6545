import { DomainError, notFound } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { securityLog } from '../../identity/security/events.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { LocationRoleEnum } from '../location/roles.ts';
import { inventoryServices } from '../services.ts';
import { assertNotLastAdmin, readBoth } from './lastAdmin.ts';
import { MemberType, memberRow } from './members.ts';

builder.relayMutationField(
  'changeMemberRole',
  {
    description: 'The member and their role.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      accountId: t.id({ required: true, description: 'The account of the member.' }),
      role: t.field({ type: LocationRoleEnum, required: true, description: 'The new role.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Gives a member another role. For administrators of the location. Throws FORBIDDEN, NOT_FOUND or LAST_LOCATION_ADMIN.',
    resolve: async (_root, { input: { locationId, accountId, role } }, context) => {
      const caller = requireCaller(context);
      const security = securityLog(context);
      const before = await context.db.$transaction(async (tx) => {
        const { actor, target } = await readBoth(tx, locationId, caller.account.id, accountId);
        if (actor.role !== 'ADMIN') throw new DomainError('FORBIDDEN');
        if (!target) throw notFound('Member');
        if (target.role === role) return target;
        await assertNotLastAdmin(tx, target);
        await tx.membership.update({ where: { id: target.id }, data: { role } });
        await security.record(tx, {
          name: 'member_role_changed',
          account: { id: accountId, email: target.account.email },
          target: { type: 'location', id: locationId, name: null },
          details: { before: target.role, role },
        });
        return target;
      });
      security.committed();
      const changed = before.role !== role;
      if (changed) {
        inventoryServices(context).activity.record(caller, {
          locationId,
          action: 'change_role',
          entityType: 'member',
          entityId: accountId,
          entityName: before.account.email,
          changes: { role: { old: before.role.toLowerCase(), new: role.toLowerCase() } },
        });
      }
      return { member: { ...memberRow(before), role }, changed };
    },
  },
  {
    description: 'What `changeMemberRole` returns.',
    outputFields: (t) => ({
      member: t.expose('member', { type: MemberType, description: 'The member.' }),
      changed: t.exposeBoolean('changed', { description: 'False when they had the role already.' }),
    }),
  },
);
