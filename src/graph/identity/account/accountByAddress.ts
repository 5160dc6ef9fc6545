import type { Account, Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import { storedAddresses } from '../../core/text/addresses.ts';

/**
 * The account with an address, in whichever form it is stored (see `storedAddresses`): the likeliest where there are
 * several. Rows that are not normalised yet, or cannot be, are found by what their owners type. One statement.
 */
export async function accountByAddress(
  db: PrismaClient | Prisma.TransactionClient,
  address: string,
): Promise<Account | null> {
  const forms = storedAddresses(address);
  const [only, ...others] = forms;
  if (only !== undefined && others.length === 0) return db.account.findUnique({ where: { email: only } });
  const rows = await db.account.findMany({ where: { email: { in: forms } } });
  const place = ({ email }: Account) => forms.indexOf(email);
  return rows.sort((a, b) => place(a) - place(b))[0] ?? null;
}
