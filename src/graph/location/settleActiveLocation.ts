import type { Account } from '../../generated/sqlite/client.ts';
import type { GraphContext } from '../context.ts';

/** Gives an account that has no active location the one of its locations that was changed last (OpenBin 7.4). */
export async function settleActiveLocation({ db }: GraphContext, account: Account): Promise<Account> {
  if (account.activeLocationId) return account;
  const newest = await db.membership.findFirst({
    where: { accountId: account.id },
    orderBy: [{ location: { updatedAt: 'desc' } }, { id: 'desc' }],
    select: { locationId: true },
  });
  if (!newest) return account;
  return db.account.update({ where: { id: account.id }, data: { activeLocationId: newest.locationId } });
}
