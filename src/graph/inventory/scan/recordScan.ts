import { invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { newId } from '../../core/newId.ts';
import { lockCaller } from '../../identity/session/lockCaller.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { accessBin } from '../bin/access.ts';
import { BinScanType, maxScans } from './scans.ts';

builder.relayMutationField(
  'recordScan',
  {
    description: 'A scan.',
    inputFields: (t) => ({ binId: t.id({ required: true, description: 'The bin.' }) }),
  },
  {
    access: signedIn,
    description: `Notes that you have scanned the label of a bin; the last ${maxScans} bins are kept. Throws NOT_FOUND.`,
    resolve: async (_root, { input: { binId } }, context) => {
      if (binId === '') throw invalid('binId', 'required', 'is required');
      const { caller } = await accessBin(context, binId);
      const accountId = caller.account.id;
      const scan = await context.db.$transaction(async (tx) => {
        await lockCaller(tx, caller);
        const scannedAt = new Date();
        const kept = await tx.binScan.upsert({
          where: { accountId_binId: { accountId, binId } },
          create: { id: newId(), accountId, binId, scannedAt },
          update: { scannedAt },
        });
        const older = await tx.binScan.findMany({
          where: { accountId },
          orderBy: [{ scannedAt: 'desc' }, { id: 'desc' }],
          skip: maxScans,
          select: { id: true },
        });
        await tx.binScan.deleteMany({ where: { id: { in: older.map(({ id }) => id) } } });
        return kept;
      });
      return { scan };
    },
  },
  {
    description: 'What `recordScan` returns.',
    outputFields: (t) => ({
      scan: t.expose('scan', { type: BinScanType, description: 'The scan.' }),
    }),
  },
);

builder.relayMutationField(
  'clearScans',
  {
    description: 'Which scans are forgotten; all of yours unless something is given.',
    inputFields: (t) => ({
      locationId: t.id({ description: 'Only those of bins in this location.' }),
      binId: t.id({ description: 'Only that of this bin.' }),
    }),
  },
  {
    access: signedIn,
    description: 'Forgets which labels you have scanned.',
    resolve: async (_root, { input: { locationId, binId } }, context) => {
      const { id: accountId } = requireCaller(context).account;
      const bin = { ...(locationId != null && { locationId }), ...(binId != null && { id: binId }) };
      return context.db.binScan.deleteMany({ where: { accountId, bin } });
    },
  },
  {
    description: 'What `clearScans` returns.',
    outputFields: (t) => ({
      clearedCount: t.exposeInt('count', { description: 'How many scans are forgotten.' }),
    }),
  },
);
