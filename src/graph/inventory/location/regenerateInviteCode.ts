import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { makeInviteCode } from './inviteCode.ts';
import { lockLocationAs, lockLocationKeepingVersion, requireRole } from './roles.ts';

builder.mutationField('regenerateInviteCode', (t) =>
  t.string({
    access: signedIn,
    description: 'Gives a location a new invite code; the old one works no more. For its administrators.',
    args: { locationId: t.arg.id({ required: true, description: 'The location.' }) },
    resolve: async (_root, { locationId }, context) => {
      const caller = await requireRole(context, locationId, 'ADMIN');
      const { inviteCode, name } = await context.db.$transaction(async (tx) => {
        await lockLocationAs(tx, caller, locationId, 'ADMIN', lockLocationKeepingVersion);
        return tx.location.update({ where: { id: locationId }, data: { inviteCode: makeInviteCode() } });
      });
      context.services.activity.record(caller, {
        locationId,
        action: 'regenerate_invite',
        entityType: 'location',
        entityId: locationId,
        entityName: name,
      });
      return inviteCode;
    },
  }),
);
