import type { Activity, Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import type { Changes } from './changes.ts';

/** The only change of a bin that names another bin. */
const naming = 'item_returned_to';

/** What of a row is looked at here. */
type LogRow = Pick<Activity, 'locationId' | 'changes'>;

/** The rows of a location's log that an account may read. */
function readableBy(viewerId: string): Prisma.ActivityWhereInput {
  return { OR: [{ onlyForId: null }, { onlyForId: viewerId }] };
}

/** What the log says at the bin that an item was taken out of, when it was brought to another one. */
export function returnedTo(bin: { readonly id: string; readonly name: string }, item: string): Changes {
  return { [naming]: { old: null, new: bin.name, about: { binId: bin.id, item } } };
}

const changesOf = ({ changes }: LogRow) => (changes ?? {}) as Changes;
const namedBy = (row: LogRow) => changesOf(row)[naming]?.about?.binId;

/** The row for an account that may know the bin that it names, or may not: then the item was just returned. */
function toldOf<Row extends LogRow>(row: Row, isKnown: boolean): Row {
  const { [naming]: change, ...others } = changesOf(row);
  if (!change?.about) return row;
  const { about, ...told } = change;
  const changes = isKnown
    ? { ...others, [naming]: told }
    : { item_returned: { old: null, new: about.item }, ...others };
  return { ...row, changes: changes as Prisma.JsonObject };
}

/**
 * Rows of locations as an account may read them: another bin is named to those who may read what was
 * logged at that bin, as its visibility is now. One statement at most.
 */
export async function withKnownNames<Row extends LogRow>(
  db: PrismaClient,
  viewerId: string,
  rows: readonly Row[],
): Promise<Row[]> {
  const naming = rows.filter(namedBy);
  if (naming.length === 0) return [...rows];
  const known = await db.activity.groupBy({
    by: ['locationId', 'entityId'],
    where: {
      locationId: { in: [...new Set(naming.map(({ locationId }) => locationId))] },
      entityType: 'bin',
      entityId: { in: [...new Set(naming.flatMap((row) => namedBy(row) ?? []))] },
      ...readableBy(viewerId),
    },
  });
  const keyOf = (locationId: string, binId: string | null | undefined) => `${locationId} ${binId}`;
  const keys = new Set(known.map(({ locationId, entityId }) => keyOf(locationId, entityId)));
  return rows.map((row) => toldOf(row, keys.has(keyOf(row.locationId, namedBy(row)))));
}
