import { notFound } from '../../../errors/domainError.ts';
import type { BinItem, Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import { foldedKeys } from '../../core/text/search.ts';

type Db = PrismaClient | Prisma.TransactionClient;

/** An item of a bin. Throws NOT_FOUND when it is not in there, or deleted. */
export async function itemIn(db: Db, binId: string, id: string): Promise<BinItem> {
  const item = await db.binItem.findFirst({ where: { id, binId, deletedAt: null } });
  if (!item) throw notFound('Item');
  return item;
}

/** The items of a bin with a name, without regard to case, in their order. */
export function itemsNamed(db: Db, binId: string, name: string): Promise<BinItem[]> {
  return db.binItem.findMany({
    where: { binId, deletedAt: null, nameKey: { in: foldedKeys(name) } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
}
