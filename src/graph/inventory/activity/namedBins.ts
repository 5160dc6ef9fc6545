import type { Activity, Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import type { Changes } from './changes.ts';

/** The only change of a bin that names another bin. */
const naming = 'item_returned_to';

/** The rows of a location's log that somebody may read. */
export function readableBy(viewerId: string): Prisma.ActivityWhereInput {
  return { OR: [{ onlyForId: null }, { onlyForId: viewerId }] };
}

/** What the log says at the bin that an item was taken out of, when it was brought to another one. */
export function returnedTo(bin: { readonly id: string; readonly name: string }, item: string): Changes {
  return { [naming]: { old: null, new: bin.name, about: { binId: bin.id, item } } };
}

const changesOf = ({ changes }: Activity) => (changes ?? {}) as Changes;
const namedBy = (row: Activity) => changesOf(row)[naming]?.about?.binId;

/** The row for somebody who may know the bin that it names, or may not: then the item was just returned. */
function toldOf<Row extends Activity>(row: Row, isKnown: boolean): Row {
  const { [naming]: change, ...others } = changesOf(row);
  if (!change?.about) return row;
  const { about, ...told } = change;
  const changes = isKnown
    ? { ...others, [naming]: told }
    : { item_returned: { old: null, new: about.item }, ...others };
  return { ...row, changes: changes as Prisma.JsonObject };
}

/**
 * Rows of a location as somebody may read them: another bin is named to those who may read what was
 * logged at that bin, as its visibility is now. One statement at most.
 */
export async function withKnownNames<Row extends Activity>(
  db: PrismaClient,
  locationId: string,
  viewerId: string,
  rows: readonly Row[],
): Promise<Row[]> {
  const named = new Set(rows.flatMap((row) => namedBy(row) ?? []));
  if (named.size === 0) return [...rows];
  const known = await db.activity.groupBy({
    by: ['entityId'],
    where: { locationId, entityType: 'bin', entityId: { in: [...named] }, ...readableBy(viewerId) },
  });
  const ids = new Set(known.map(({ entityId }) => entityId));
  return rows.map((row) => toldOf(row, ids.has(namedBy(row) ?? null)));
}
