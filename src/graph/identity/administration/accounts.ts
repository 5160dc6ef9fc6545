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
    args: {
      search: t.arg.string({
        description: 'Only those whose address, or the one that a deletion released, contains this.',
      }),
    },
    resolve: (_root, { search, ...args }, { db }) => {
      const forms = search ? storedAddresses(search) : [];
      // The placeholder of a released address is no address: what it was before is searched.
      const among = forms.map((form) => {
        const contains = literally(form);
        return { OR: [{ email: { contains }, releasedEmail: null }, { releasedEmail: { contains } }] };
      });
      const matching = among.length > 0 ? { OR: among } : {};
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
