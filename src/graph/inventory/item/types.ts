import { builder } from '../../core/builder.ts';
import type { BinItemRow } from '../bin/rows.ts';

/** An item with what one must know of its bin to show it. */
export interface LocatedItemRow extends BinItemRow {
  readonly binId: string;
  readonly binName: string;
  readonly binIcon: string;
  readonly binColor: string;
}

const LocatedItemType = builder.objectRef<LocatedItemRow>('LocatedItem').implement({
  description: 'A thing and the bin that it is in.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    quantity: t.exposeInt('quantity', { nullable: true, description: 'How many; null for uncounted.' }),
    binId: t.exposeID('binId', { description: 'The bin.' }),
    binName: t.exposeString('binName', { description: 'What the bin is called.' }),
    binIcon: t.exposeString('binIcon', { description: 'The picture of the bin.' }),
    binColor: t.exposeString('binColor', { description: 'The color of the bin.' }),
  }),
});

export const LocatedItemConnection = builder.connectionObject(
  { type: LocatedItemType, name: 'LocatedItemConnection', description: 'A page of items.' },
  { name: 'LocatedItemEdge' },
);

export const ItemSortEnum = builder.enumType('ItemSort', {
  description: 'What a list of items is sorted by; what is equal follows by the name of the item.',
  values: {
    NAME: { description: 'Their names, without regard to case.' },
    BIN: { description: 'The names of their bins, without regard to case.' },
    QUANTITY: { description: 'How many there are; the uncounted come last in both directions.' },
  } as const,
});
