import { Issues } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { checkText } from '../../core/checkText.ts';
import { newId } from '../../core/newId.ts';
import { lockCaller } from '../../identity/session/lockCaller.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { makeInviteCode } from './inviteCode.ts';
import { nameRule } from './rules.ts';
import { LocationType } from './type.ts';
import { viewOf } from './views.ts';

builder.mutationField('createLocation', (t) =>
  t.field({
    access: signedIn,
    type: LocationType,
    description: 'Makes a location, of which you are the administrator.',
    args: { name: t.arg.string({ required: true, description: 'Trimmed; at most 255 characters.' }) },
    resolve: async (_root, args, context) => {
      const caller = requireCaller(context);
      const issues = new Issues();
      const name = checkText(issues, 'name', args.name, nameRule);
      issues.throwIfAny();
      const accountId = caller.account.id;
      const location = await context.db.$transaction(async (tx) => {
        // Takes turns with the deletion of the account: else nobody would belong to the location.
        await lockCaller(tx, caller);
        return tx.location.create({
          data: {
            id: newId(),
            name,
            createdById: accountId,
            inviteCode: makeInviteCode(),
            memberships: { create: { id: newId(), accountId, role: 'ADMIN' } },
          },
        });
      });
      const { id: locationId } = location;
      context.services.activity.record(caller, {
        locationId,
        action: 'create',
        entityType: 'location',
        entityId: locationId,
        entityName: name,
      });
      return viewOf(context.db, accountId, location, 'ADMIN');
    },
  }),
);
