import { invalid } from '../../errors/issues.ts';
import type { BinScan } from '../../generated/sqlite/client.ts';
import { AccountType } from '../account/type.ts';
import { builder } from '../builder.ts';
import { BinScanType, maxScans } from './types.ts';

interface ScanPage {
  readonly results: readonly BinScan[];
  readonly totalCount: number;
}

const BinScanPage = builder.objectRef<ScanPage>('BinScanPage').implement({
  description: 'The last scans of somebody.',
  fields: (t) => ({
    results: t.expose('results', { type: [BinScanType], description: 'The last one first; each bin once.' }),
    totalCount: t.exposeInt('totalCount', { description: `How many are kept, ${maxScans} at most.` }),
  }),
});

builder.objectField(AccountType, 'scans', (t) =>
  t.field({
    type: BinScanPage,
    description: 'The bins whose labels the account has scanned.',
    args: { limit: t.arg.int({ required: true, defaultValue: 20, description: `From 1 to ${maxScans}.` }) },
    resolve: async ({ id: accountId }, { limit }, { db }) => {
      if (limit < 1 || limit > maxScans) throw invalid('limit', 'range', `must be between 1 and ${maxScans}`);
      const [results, totalCount] = await Promise.all([
        db.binScan.findMany({
          where: { accountId },
          orderBy: [{ scannedAt: 'desc' }, { id: 'desc' }],
          take: limit,
        }),
        db.binScan.count({ where: { accountId } }),
      ]);
      return { results, totalCount };
    },
  }),
);
