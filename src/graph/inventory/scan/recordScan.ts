import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { newId } from '../../core/newId.ts';
import { lockCaller } from '../../identity/session/lockCaller.ts';
import { accessBin } from '../bin/access.ts';
import { maxScans } from './types.ts';

builder.mutationField('recordScan', (t) =>
  t.boolean({
    access: signedIn,
    description: `Notes that you have scanned the label of a bin; the last ${maxScans} bins are kept. Throws NOT_FOUND.`,
    args: { binId: t.arg.id({ required: true, description: 'The bin.' }) },
    resolve: async (_root, { binId }, context) => {
      if (binId === '') throw invalid('binId', 'required', 'is required');
      const { caller } = await accessBin(context, binId);
      const accountId = caller.account.id;
      await context.db.$transaction(async (tx) => {
        await lockCaller(tx, caller);
        const scannedAt = new Date();
        await tx.binScan.upsert({
          where: { accountId_binId: { accountId, binId } },
          create: { id: newId(), accountId, binId, scannedAt },
          update: { scannedAt },
          select: { id: true },
        });
        const older = await tx.binScan.findMany({
          where: { accountId },
          orderBy: [{ scannedAt: 'desc' }, { id: 'desc' }],
          skip: maxScans,
          select: { id: true },
        });
        await tx.binScan.deleteMany({ where: { id: { in: older.map(({ id }) => id) } } });
      });
      return true;
    },
  }),
);
