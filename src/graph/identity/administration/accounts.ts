import { administrator } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { keysetConnection } from '../../core/keyset.ts';
import { literally } from '../../core/like.ts';
import { storedAddresses } from '../../core/text/addresses.ts';
import { accountByAddress } from '../account/accountByAddress.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { AccountType } from '../account/type.ts';

builder.queryFields((t) => ({
  accounts: t.connection({
    access: administrator,
    type: AccountType,
    description: 'All accounts, newest first. For administrators.',
    args: { search: t.arg.string({ description: 'Only those whose address contains this.' }) },
    resolve: (_root, { search, ...args }, { db }) => {
      const forms = search ? storedAddresses(search) : [];
      const matching =
        forms.length > 0 ? { OR: forms.map((form) => ({ email: { contains: literally(form) } })) } : {};
      return keysetConnection(
        args,
        async ({ where, ...page }) => {
          const rows = await db.account.findMany({ where: { ...where, ...matching }, ...page });
          return rows.map(snapshotOf);
        },
        () => db.account.count({ where: matching }),
      );
    },
  }),
  account: t.field({
    access: administrator,
    type: AccountType,
    nullable: true,
    description: 'The account with this address. For administrators.',
    args: { email: t.arg.string({ required: true, description: 'The address.' }) },
    resolve: async (_root, { email }, { db }) => {
      const row = await accountByAddress(db, email);
      return row && snapshotOf(row);
    },
  }),
}));
