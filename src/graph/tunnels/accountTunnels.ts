import { builder } from '../core/builder.ts';
import { keysetConnection } from '../core/keyset.ts';
import { weigh } from '../core/weight.ts';
import { AccountType } from '../identity/account/type.ts';
import { TunnelStatusEnum, TunnelType } from './types.ts';

builder.objectField(AccountType, 'tunnels', (t) =>
  t.connection({
    type: TunnelType,
    description: 'The tunnels of the account, newest first.',
    args: {
      status: t.arg({ type: [TunnelStatusEnum], description: 'Only tunnels in one of these states.' }),
    },
    extensions: weigh({ statements: 1 }),
    resolve: (account, { status, ...args }, { db }) => {
      const own = { accountId: account.id, ...(status && { status: { in: status } }) };
      return keysetConnection(
        args,
        ({ where, ...page }) => db.tunnel.findMany({ where: { ...where, ...own }, ...page }),
        () => db.tunnel.count({ where: own }),
      );
    },
  }),
);
