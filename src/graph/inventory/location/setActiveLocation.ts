import { DomainError } from '../../../errors/domainError.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { snapshotOf } from '../../identity/account/snapshot.ts';
import { AccountType } from '../../identity/account/type.ts';
import { assertOwn } from '../../identity/session/ownAccount.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { lockLocationKeepingVersion, roleOf } from './roles.ts';

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

builder.relayMutationField(
  'setActiveLocation',
  {
    description: 'Where to work.',
    inputFields: (t) => ({ locationId: t.id({ description: 'The location; null for none.' }) }),
  },
  {
    access: signedIn,
    description: 'Chooses where you work. Throws FORBIDDEN for a location that you do not belong to.',
    resolve: async (_root, { input: { locationId } }, context) => {
      const { id } = requireCaller(context).account;
      const row = await context.db.$transaction(async (tx) => {
        if (locationId != null) {
          // Takes turns with the removal of a member, which takes the choice back.
          await lockLocationKeepingVersion(tx, locationId);
          if (!(await roleOf(tx, locationId, id))) throw new DomainError('FORBIDDEN');
        }
        return tx.account.update({ where: { id }, data: { activeLocationId: locationId ?? null } });
      });
      await context.services.credentials.forget(id);
      return { account: snapshotOf(row) };
    },
  },
  {
    description: 'What `setActiveLocation` returns.',
    outputFields: (t) => ({
      account: t.expose('account', { type: AccountType, description: 'Your account.' }),
    }),
  },
);
