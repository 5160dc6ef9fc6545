import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';

builder.mutationField('clearScans', (t) =>
  t.boolean({
    access: signedIn,
    description: 'Forgets which labels you have scanned.',
    resolve: async (_root, _args, context) => {
      const { id: accountId } = requireCaller(context).account;
      await context.db.binScan.deleteMany({ where: { accountId } });
      return true;
    },
  }),
);
