import { invalid } from '../../../errors/issues.ts';
import type { BinScan, Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { AccountType } from '../../identity/account/type.ts';
import { assertOwn } from '../../identity/session/ownAccount.ts';
import { visibleBins } from '../bin/visible.ts';
import { BinScanType, maxScans } from './types.ts';

/** Bins that somebody may know of at present. Those in the trash stay in the history, as they come back with a restore. */
function stillAllowed(accountId: string): Prisma.BinWhereInput {
  const { deletedAt: _inTrashToo, ...allowed } = visibleBins(accountId);
  return { ...allowed, location: { memberships: { some: { accountId } } } };
}

interface ScanPage {
  readonly results: readonly BinScan[];
  readonly totalCount: number;
}

const BinScanPage = builder.objectRef<ScanPage>('BinScanPage').implement({
  description: 'The last scans of somebody.',
  fields: (t) => ({
    results: t.expose('results', { type: [BinScanType], description: 'The last one first; each bin once.' }),
    totalCount: t.exposeInt('totalCount', {
      description: `How many of them are kept, ${maxScans} at most.`,
    }),
  }),
});

builder.objectField(AccountType, 'scans', (t) =>
  t.field({
    type: BinScanPage,
    description:
      'The bins whose labels you have scanned, without those that you may not see any more: of locations that you have left, and private ones of others.',
    args: { limit: t.arg.int({ required: true, defaultValue: 20, description: `From 1 to ${maxScans}.` }) },
    extensions: weigh({ statements: 2 }),
    resolve: async (account, { limit }, context) => {
      assertOwn(context, account);
      const { id: accountId } = account;
      const { db } = context;
      if (limit < 1 || limit > maxScans) throw invalid('limit', 'range', `must be between 1 and ${maxScans}`);
      const where = { accountId, bin: stillAllowed(accountId) };
      const [results, totalCount] = await Promise.all([
        db.binScan.findMany({
          where,
          orderBy: [{ scannedAt: 'desc' }, { id: 'desc' }],
          take: limit,
        }),
        db.binScan.count({ where }),
      ]);
      return { results, totalCount };
    },
  }),
);
