import { builder } from '../builder.ts';
import { eraseAccount } from '../deletion/eraseAccount.ts';
import { requireCaller } from '../session/requireCaller.ts';

builder.mutationField('deleteViewer', (t) =>
  t.boolean({
    description:
      'Deletes your account with everything in it: sessions, API keys, tunnels, its VPN organization, and the locations that nobody else belongs to. Cannot be undone; the address may register again.',
    resolve: async (_root, _args, context) => {
      const { id } = requireCaller(context).account;
      const changed = await context.db.$transaction((tx) => eraseAccount(tx, id));
      for (const each of changed) await context.services.credentials.forget(each);
      return true;
    },
  }),
);
