import { DomainError } from '../../../errors/domainError.ts';
import type { Account, Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import { storedAddresses } from '../../core/text/addresses.ts';

/**
 * The account with an address, in whichever form it is stored (see `storedAddresses`): the likeliest where there are
 * several; never one whose address a deletion released. Rows that are not normalised yet, or cannot be, are found by what their owners type. One statement.
 */
export async function accountByAddress(
  db: PrismaClient | Prisma.TransactionClient,
  address: string,
): Promise<Account | null> {
  const forms = storedAddresses(address);
  const [only, ...others] = forms;
  if (only !== undefined && others.length === 0)
    return db.account.findUnique({ where: { email: only, releasedEmail: null } });
  const rows = await db.account.findMany({ where: { email: { in: forms }, releasedEmail: null } });
  const place = ({ email }: Account) => forms.indexOf(email);
  return rows.sort((a, b) => place(a) - place(b))[0] ?? null;
}

/**
 * Throws EMAIL_TAKEN when another account than `ownId` is stored under another form of a normal address; the database
 * itself refuses the same form. No statement for an address that has one form only.
 */
export async function assertNoOtherForm(
  db: PrismaClient | Prisma.TransactionClient,
  address: string,
  ownId: string,
): Promise<void> {
  const others = storedAddresses(address).filter((form) => form !== address);
  if (others.length === 0) return;
  const taken = await db.account.count({ where: { email: { in: others }, id: { not: ownId } } });
  if (taken > 0) throw new DomainError('EMAIL_TAKEN');
}
