import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { inventoryServices } from '../services.ts';
import { makeInviteCode } from './inviteCode.ts';
import { lockLocationAs, lockLocationKeepingVersion, requireRole } from './roles.ts';
import { LocationType } from './type.ts';

builder.relayMutationField(
  'regenerateInviteCode',
  {
    description: 'The location whose code to replace.',
    inputFields: (t) => ({ locationId: t.id({ required: true, description: 'The location.' }) }),
  },
  {
    access: signedIn,
    description:
      'Gives a location a new invite code; the old one stops working at once. For its administrators.',
    resolve: async (_root, { input: { locationId } }, context) => {
      const caller = await requireRole(context, locationId, 'ADMIN');
      const location = await context.db.$transaction(async (tx) => {
        await lockLocationAs(tx, caller, locationId, 'ADMIN', lockLocationKeepingVersion);
        return tx.location.update({ where: { id: locationId }, data: { inviteCode: makeInviteCode() } });
      });
      inventoryServices(context).activity.record(caller, {
        locationId,
        action: 'regenerate_invite',
        entityType: 'location',
        entityId: locationId,
        entityName: location.name,
      });
      return { location: { ...location, viewerId: caller.account.id, role: 'ADMIN' as const } };
    },
  },
  {
    description: 'What `regenerateInviteCode` returns.',
    outputFields: (t) => ({
      location: t.expose('location', { type: LocationType, description: 'The location with its new code.' }),
    }),
  },
);
