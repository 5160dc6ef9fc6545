import type { Location, LocationRole, PrismaClient } from '../../../generated/sqlite/client.ts';
import { countsFor, type LocationCounts } from './counts.ts';

/** A location as one person sees it. */
export interface LocationView extends Location {
  readonly viewerId: string;
  readonly role: LocationRole;
  readonly counts: () => Promise<LocationCounts>;
}

/** Rows as `accountId` sees them; one load of counts serves them all. */
export function viewsOf(
  db: PrismaClient,
  accountId: string,
  rows: readonly { readonly location: Location; readonly role: LocationRole }[],
): LocationView[] {
  const countOf = countsFor(
    db,
    rows.map(({ location }) => location.id),
    accountId,
  );
  return rows.map(({ location, role }) => ({
    ...location,
    viewerId: accountId,
    role,
    counts: () => countOf(location.id),
  }));
}

/** One row as `accountId` sees it. */
export function viewOf(
  db: PrismaClient,
  accountId: string,
  location: Location,
  role: LocationRole,
): LocationView {
  const [view] = viewsOf(db, accountId, [{ location, role }]);
  return view as LocationView;
}
