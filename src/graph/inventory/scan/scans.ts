import type { BinScan, Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { wholeList } from '../../core/wholeList.ts';
import { AccountType } from '../../identity/account/type.ts';
import { assertOwn } from '../../identity/session/ownAccount.ts';
import { visibleBins } from '../bin/visible.ts';

/** So many scans of a person are kept (OpenBin 21). */
export const maxScans = 100;

export const BinScanType = builder.objectRef<BinScan>('BinScan').implement({
  description: 'The last scan of the label of a bin by one person.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    binId: t.exposeID('binId', { description: 'The bin; it may be in the trash since.' }),
    scannedAt: t.expose('scannedAt', { type: 'DateTime', description: 'When, the last time.' }),
  }),
});

/** Bins that an account may know of at present. Those in the trash stay in the history, as they come back with a restore. */
function stillAllowed(accountId: string): Prisma.BinWhereInput {
  const { deletedAt: _inTrashToo, ...allowed } = visibleBins(accountId);
  return { ...allowed, location: { memberships: { some: { accountId } } } };
}

builder.objectField(AccountType, 'scans', (t) =>
  t.connection({
    type: BinScanType,
    description: `The last ${maxScans} bins whose labels you have scanned, newest first, each once, without those that you may not see any more: of locations that you have left, and private ones of others.`,
    extensions: weigh({ statements: 1, size: maxScans }),
    resolve: async (account, args, context) => {
      assertOwn(context, account);
      const { id: accountId } = account;
      const scans = await context.db.binScan.findMany({
        where: { accountId, bin: stillAllowed(accountId) },
        orderBy: [{ scannedAt: 'desc' }, { id: 'desc' }],
        take: maxScans,
      });
      return wholeList(args, scans, ({ id }) => id);
    },
  }),
);
