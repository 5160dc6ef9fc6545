import { Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { BinSelection } from './rows.ts';

const { sql, raw } = Prisma;

export const BinSortEnum = builder.enumType('BinSort', {
  description: 'What bins are ordered by.',
  values: {
    UPDATED_AT: { description: 'When it last changed.' },
    CREATED_AT: { description: 'When it was made.' },
    NAME: { description: 'Name, without regard to case.' },
    AREA: { description: 'Name of the area, those without one last; then name.' },
    LAST_USED: { description: 'Day of the last use, those never used last; then name.' },
  } as const,
});

export const SortDirectionEnum = builder.enumType('SortDirection', {
  description: 'From which end.',
  values: {
    ASC: { description: 'Smallest or oldest first.' },
    DESC: { description: 'Largest or newest first.' },
  } as const,
});

const byName = sql`b."nameKey" ASC, b."id" ASC`;
const inArea = sql`LEFT JOIN "Area" o ON o."id" = b."areaId"`;
const lastUse = sql`(SELECT max(u."day") FROM "BinUsage" u WHERE u."binId" = b."id")`;

/** An order of bins called `b`; always the same for equal values, so that pages neither repeat nor skip. */
export function orderOf(
  sort: typeof BinSortEnum.$inferType,
  direction: typeof SortDirectionEnum.$inferType,
): Pick<BinSelection, 'orderBy' | 'joins'> {
  const way = raw(direction);
  switch (sort) {
    case 'UPDATED_AT':
      return { orderBy: sql`b."updatedAt" ${way}, b."id" ${way}` };
    case 'CREATED_AT':
      return { orderBy: sql`b."createdAt" ${way}, b."id" ${way}` };
    case 'NAME':
      return { orderBy: sql`b."nameKey" ${way}, b."id" ${way}` };
    case 'AREA':
      return { joins: inArea, orderBy: sql`lower(o."name") ${way} NULLS LAST, ${byName}` };
    case 'LAST_USED':
      return { orderBy: sql`${lastUse} ${way} NULLS LAST, ${byName}` };
  }
}
