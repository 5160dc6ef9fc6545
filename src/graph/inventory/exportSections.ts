import type { Prisma } from '../../generated/sqlite/client.ts';
import type { ExportSection } from '../core/exportData.ts';

/**
 * What an account owns in households: what it made, and in locations that it created what all may see there, as
 * long as it belongs to the location. What others keep for themselves is theirs.
 */
export function inventorySections(accountId: string): readonly ExportSection[] {
  const belongsTo = { memberships: { some: { accountId } } };
  const bin: Prisma.BinWhereInput = {
    location: belongsTo,
    OR: [{ createdById: accountId }, { visibility: 'LOCATION', location: { createdById: accountId } }],
  };
  const area: Prisma.AreaWhereInput = {
    location: belongsTo,
    OR: [{ createdById: accountId }, { location: { createdById: accountId } }],
  };
  const entry: Prisma.ShoppingEntryWhereInput = { createdById: accountId, location: belongsTo };
  return [
    {
      name: 'locations',
      count: (db) => db.location.count({ where: belongsTo }),
      rows: async (db, { where, ...page }) => {
        const found = await db.location.findMany({
          ...page,
          where: { ...where, ...belongsTo },
          omit: { inviteCode: true, lockSequence: true },
          include: { memberships: { where: { accountId }, select: { role: true, joinedAt: true } } },
        });
        return found.map(({ memberships: [membership], ...location }) => ({ ...location, ...membership }));
      },
    },
    {
      name: 'areas',
      count: (db) => db.area.count({ where: area }),
      rows: (db, { where, ...page }) =>
        db.area.findMany({ ...page, where: { ...where, ...area }, omit: { parentKey: true } }),
    },
    {
      name: 'bins',
      count: (db) => db.bin.count({ where: bin }),
      rows: async (db, { where, ...page }) => {
        const found = await db.bin.findMany({
          ...page,
          where: { ...where, ...bin },
          omit: { nameKey: true },
          include: {
            tags: { select: { name: true }, orderBy: { position: 'asc' } },
            customValues: { select: { value: true, field: { select: { name: true } } } },
          },
        });
        return found.map(({ tags, customValues, ...row }) => ({
          ...row,
          tags: tags.map(({ name }) => name),
          customFields: Object.fromEntries(customValues.map(({ field, value }) => [field.name, value])),
        }));
      },
    },
    {
      name: 'items',
      count: (db) => db.binItem.count({ where: { bin } }),
      rows: (db, { where, ...page }) =>
        db.binItem.findMany({ ...page, where: { ...where, bin }, omit: { nameKey: true } }),
    },
    {
      name: 'checkouts',
      count: (db) => db.checkout.count({ where: { checkedOutById: accountId } }),
      rows: (db, { where, ...page }) =>
        db.checkout.findMany({
          ...page,
          where: { ...where, checkedOutById: accountId },
          omit: { activeItemId: true },
        }),
    },
    {
      name: 'shoppingEntries',
      count: (db) => db.shoppingEntry.count({ where: entry }),
      rows: (db, { where, ...page }) => db.shoppingEntry.findMany({ ...page, where: { ...where, ...entry } }),
    },
    {
      name: 'scans',
      count: (db) => db.binScan.count({ where: { accountId } }),
      rows: (db, { where, ...page }) => db.binScan.findMany({ ...page, where: { ...where, accountId } }),
    },
    {
      name: 'pins',
      count: (db) => db.binPin.count({ where: { accountId } }),
      rows: async (db, { where: { id: binId }, orderBy: { id: order }, take }) => {
        const where = { accountId, binId };
        const pins = await db.binPin.findMany({ where, orderBy: { binId: order }, take });
        return pins.map((pin) => ({ ...pin, id: pin.binId }));
      },
    },
    {
      name: 'activities',
      count: (db) => db.activity.count({ where: { accountId } }),
      rows: (db, { where, ...page }) => db.activity.findMany({ ...page, where: { ...where, accountId } }),
    },
    {
      name: 'savedViews',
      count: (db) => db.savedView.count({ where: { accountId } }),
      rows: (db, { where, ...page }) => db.savedView.findMany({ ...page, where: { ...where, accountId } }),
    },
    {
      name: 'settings',
      cursors: /^(PREFERENCES|PRINT)$/,
      count: (db) => db.accountSettings.count({ where: { accountId } }),
      // There are two at most, in the order of their names.
      rows: async (db, { where: { id }, orderBy: { id: order }, take }) => {
        const found = await db.accountSettings.findMany({ where: { accountId }, orderBy: { kind: order } });
        const { gt = '', lt = '~' } = id;
        return found
          .map((row) => ({ ...row, id: row.kind }))
          .filter((row) => row.id > gt && row.id < lt)
          .sort((a, b) => (a.id < b.id === (order === 'asc') ? -1 : 1))
          .slice(0, take);
      },
    },
  ];
}
