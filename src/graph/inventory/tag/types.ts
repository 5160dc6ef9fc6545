import type { TagStyle } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';

/** A tag as one person may know it. */
export interface TagRow {
  readonly name: string;
  readonly binCount: number;
  readonly parentTag: string | null;
}

export const TagType = builder.objectRef<TagRow>('Tag').implement({
  description: 'A word on bins; one that is only coloured, or only above others, counts no bins.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The word.' }),
    binCount: t.exposeInt('binCount', {
      description: 'Bins with it that you may see; the trash does not count.',
    }),
    parentTag: t.exposeString('parentTag', { nullable: true, description: 'The tag above it.' }),
  }),
});

export const TagConnection = builder.connectionObject(
  { type: TagType, name: 'TagConnection', description: 'A page of tags.' },
  { name: 'TagEdge' },
);

export const TagStyleType = builder.objectRef<TagStyle>('TagStyle').implement({
  description: 'How a location shows a tag, and under which other tag.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    locationId: t.exposeID('locationId', { description: 'The location.' }),
    tag: t.exposeString('tag', { description: 'The tag.' }),
    color: t.exposeString('color', { description: '`#RRGGBB`, a key of a palette, or empty.' }),
    parentTag: t.exposeString('parentTag', {
      nullable: true,
      description: 'The tag above it; that one has none above itself.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});

export const TagStyleConnection = builder.connectionObject(
  { type: TagStyleType, name: 'TagStyleConnection', description: 'A page of styles of tags.' },
  { name: 'TagStyleEdge' },
);
