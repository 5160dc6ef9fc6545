import { invalid } from '../../../errors/issues.ts';
import type { PrismaClient } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { LocationType } from '../location/type.ts';
import { byText } from './byText.ts';
import { editableBins } from './retag.ts';
import { type TagRow, TagType } from './types.ts';

const maxPage = 100;

const TagOrderEnum = builder.enumType('TagOrder', {
  description: 'By what tags are in order.',
  values: {
    NAME: { description: 'The word, without regard to case.' },
    BIN_COUNT: { description: 'How many bins have it; those alike by name.' },
  } as const,
});

interface TagPage {
  readonly results: TagRow[];
  readonly totalCount: number;
}

const TagPageType = builder.objectRef<TagPage>('TagPage').implement({
  description: 'A page of tags.',
  fields: (t) => ({
    results: t.expose('results', { type: [TagType], description: 'In the order that was asked for.' }),
    totalCount: t.exposeInt('totalCount', { description: 'How many there are over all pages.' }),
  }),
});

/**
 * All tags of a location that somebody may know of, in one statement. Which of them, and in what
 * order, is not for SQL to say: SQLite knows no case beyond ASCII, and PostgreSQL's order depends
 * on how the database was made.
 */
async function readTags(db: PrismaClient, locationId: string, accountId: string): Promise<TagRow[]> {
  const rows = await db.$queryRaw<{ name: string; binCount: bigint | number; parentTag: string | null }[]>`
    SELECT n."name", n."binCount", s."parentTag"
    FROM (
      SELECT u."name", CAST(sum(u."bins") AS INTEGER) AS "binCount"
      FROM (
        SELECT t."name", count(*) AS "bins"
        FROM "Bin" b JOIN "BinTag" t ON t."binId" = b."id"
        WHERE ${editableBins({ locationId, accountId })}
        GROUP BY t."name"
        UNION ALL SELECT s."tag", 0 FROM "TagStyle" s WHERE s."locationId" = ${locationId}
        UNION ALL SELECT s."parentTag", 0 FROM "TagStyle" s
          WHERE s."locationId" = ${locationId} AND s."parentTag" IS NOT NULL
      ) u
      GROUP BY u."name"
    ) n
    LEFT JOIN "TagStyle" s ON s."locationId" = ${locationId} AND s."tag" = n."name"`;
  return rows.map((row) => ({ ...row, binCount: Number(row.binCount) }));
}

builder.objectField(LocationType, 'tags', (t) =>
  t.field({
    type: TagPageType,
    description: 'The tags on bins that you may see, and those that are coloured or above others.',
    args: {
      search: t.arg.string({ description: 'Only with this text in it, without regard to case.' }),
      orderBy: t.arg({ type: TagOrderEnum, required: true, defaultValue: 'NAME', description: 'By what.' }),
      descending: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'From the other end.',
      }),
      limit: t.arg.int({ required: true, defaultValue: 40, description: `From 1 to ${maxPage}.` }),
      offset: t.arg.int({ required: true, defaultValue: 0, description: 'How many to leave out first.' }),
    },
    extensions: weigh({ statements: 1 }),
    resolve: async ({ id: locationId, viewerId }, { search, orderBy, descending, limit, offset }, { db }) => {
      if (limit < 1 || limit > maxPage) throw invalid('limit', 'range', `must be between 1 and ${maxPage}`);
      if (offset < 0) throw invalid('offset', 'range', 'must be at least 0');
      const wanted = (search ?? '').toLowerCase();
      const all = await readTags(db, locationId, viewerId);
      const found = byText(
        all.filter(({ name }) => name.toLowerCase().includes(wanted)),
        ({ name }) => name,
      );
      // Sorting is stable, so that those alike stay in the order of their names.
      if (orderBy === 'BIN_COUNT') {
        found.sort((a, b) => (descending ? b.binCount - a.binCount : a.binCount - b.binCount));
      } else if (descending) found.reverse();
      return { results: found.slice(offset, offset + limit), totalCount: found.length };
    },
  }),
);
