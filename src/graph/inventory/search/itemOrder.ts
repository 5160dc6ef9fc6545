/** What a list of items is sorted by; what is equal follows by the name of the item. */
export type ItemSort = 'NAME' | 'BIN' | 'QUANTITY';

/** How a list of items is sorted. */
export interface ItemOrder {
  readonly sort: ItemSort;
  readonly direction: 'ASC' | 'DESC';
}

/** Something with a name. */
export interface Named {
  readonly id: string;
  /** Its name in the form of `foldCase`. */
  readonly key: string;
}

/** What an order looks at. */
export interface Sortable extends Named {
  readonly quantity: number | null;
  readonly bin: Named;
}

/** Which of two comes first: below 0 for `a`. Only a thing itself is equal to it. */
export type Compare<Thing> = (a: Thing, b: Thing) => number;

/** By name, then by id. */
export const byKey: Compare<Named> = (a, b) => {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
};

/** The comparison of an order; what has no quantity is last, from whichever end. */
export function compareBy({ sort, direction }: ItemOrder): Compare<Sortable> {
  const sign = direction === 'ASC' ? 1 : -1;
  switch (sort) {
    case 'NAME':
      return (a, b) => sign * byKey(a, b);
    case 'BIN':
      return (a, b) => (a.bin.id === b.bin.id ? byKey(a, b) : sign * byKey(a.bin, b.bin));
    case 'QUANTITY':
      return (a, b) => {
        if (a.quantity === b.quantity) return byKey(a, b);
        if (a.quantity === null || b.quantity === null) return a.quantity === null ? 1 : -1;
        return sign * (a.quantity - b.quantity);
      };
  }
}
