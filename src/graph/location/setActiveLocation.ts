import { DomainError } from '../../errors/domainError.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { AccountType } from '../account/type.ts';
import { builder } from '../builder.ts';
import { assertOwn } from '../session/ownAccount.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { holdLocation, roleOf } from './roles.ts';

builder.objectField(AccountType, 'activeLocationId', (t) =>
  t.id({
    nullable: true,
    description: 'Where you work at present.',
    resolve: (account, _args, context) => {
      assertOwn(context, account);
      return account.activeLocationId;
    },
  }),
);

builder.mutationField('setActiveLocation', (t) =>
  t.field({
    type: AccountType,
    description: 'Chooses where you work. Throws FORBIDDEN for a location that you do not belong to.',
    args: { locationId: t.arg.id({ description: 'The location; null for none.' }) },
    resolve: async (_root, { locationId }, context) => {
      const { id } = requireCaller(context).account;
      const row = await context.db.$transaction(async (tx) => {
        if (locationId != null) {
          // Takes turns with the removal of a member, which takes the choice back.
          await holdLocation(tx, locationId);
          if (!(await roleOf(tx, locationId, id))) throw new DomainError('FORBIDDEN');
        }
        return tx.account.update({ where: { id }, data: { activeLocationId: locationId ?? null } });
      });
      await context.services.credentials.forget(id);
      return snapshotOf(row);
    },
  }),
);
