/**
 * What a field takes beyond what its place in a document tells. It is declared where the field is; the
 * GraphQL endpoint reads it, before and while it runs what strangers write. Trusted documents are not asked.
 */
export interface Weight {
  /** SQL statements that each call takes at most; unless given 1 for a root field, and 0 below. */
  readonly statements?: number;
  /** True where one read serves all parents at once (`batched`): it does not wait for its turn, which would split the read. */
  readonly batched?: boolean;
  /** How many rows there may be, where no argument says so and there are more, or fewer, than in other lists. */
  readonly size?: number;
  /** The argument that names what there is to be, so that there are no more than it has entries. */
  readonly names?: string;
  /** Values that each row is read with, whatever of it is asked. */
  readonly rowValues?: number;
  /** The argument, or the part of one, that makes it search the words of a location. */
  readonly searchWords?: readonly [argument: string, part?: string];
}

/** How many locations, areas, members and fields a household usually has. */
export const fewRows = 10;

/** What a bin is read with: its row and everything in it is written in one go (`src/graph/inventory/bin/rows.ts`). */
export const binRowValues = 20;

/** A weight as the `extensions` of a field. */
export const weigh = (weight: Weight): { weight: Weight } => ({ weight });

/** The weight that a field was given; undefined for most. */
export function weightOf({
  extensions,
}: {
  extensions: Readonly<Record<string, unknown>>;
}): Weight | undefined {
  return extensions.weight as Weight | undefined;
}
