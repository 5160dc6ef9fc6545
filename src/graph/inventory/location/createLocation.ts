import { Issues } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import { newId } from '../../core/newId.ts';
import { lockCaller } from '../../identity/session/lockCaller.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { inventoryServices } from '../services.ts';
import { makeInviteCode } from './inviteCode.ts';
import { nameRule } from './rules.ts';
import { LocationType } from './type.ts';

builder.relayMutationField(
  'createLocation',
  {
    description: 'A new location.',
    inputFields: (t) => ({
      name: t.string({ required: true, description: 'Trimmed; at most 255 characters.' }),
    }),
  },
  {
    access: signedIn,
    description: 'Creates a location, of which you are the administrator.',
    resolve: async (_root, { input }, context) => {
      const caller = requireCaller(context);
      const issues = new Issues();
      const name = checkText(issues, 'name', input.name, nameRule);
      issues.throwIfAny();
      const viewerId = caller.account.id;
      const location = await context.db.$transaction(async (tx) => {
        // Takes turns with the deletion of the account: else the location would be without members.
        await lockCaller(tx, caller);
        return tx.location.create({
          data: {
            id: newId(),
            name,
            createdById: viewerId,
            inviteCode: makeInviteCode(),
            memberships: { create: { id: newId(), accountId: viewerId, role: 'ADMIN' } },
          },
        });
      });
      const { id: locationId } = location;
      inventoryServices(context).activity.record(caller, {
        locationId,
        action: 'create',
        entityType: 'location',
        entityId: locationId,
        entityName: name,
      });
      return { location: { ...location, viewerId, role: 'ADMIN' as const } };
    },
  },
  {
    description: 'What `createLocation` returns.',
    outputFields: (t) => ({
      location: t.expose('location', { type: LocationType, description: 'The new location.' }),
    }),
  },
);
