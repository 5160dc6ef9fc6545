import type { PrismaClient } from '../../../generated/sqlite/client.ts';

/** Rows of one kind that must be unique, and are the same but for composition or what cannot be seen. */
export interface Collision {
  /** What they are, such as `accounts`. */
  readonly kind: string;
  readonly rows: readonly { readonly id: string; readonly text: string }[];
}

/** Finds the collisions of one kind. */
export type FindCollisions = (db: PrismaClient) => Promise<Collision[]>;

/** The groups of more than one row with the same key. */
export function collisionsIn(
  kind: string,
  rows: Iterable<{ readonly id: string; readonly text: string; readonly key: string }>,
): Collision[] {
  const groups = new Map<string, { id: string; text: string }[]>();
  for (const { id, text, key } of rows) groups.set(key, [...(groups.get(key) ?? []), { id, text }]);
  return [...groups.values()].filter(({ length }) => length > 1).map((group) => ({ kind, rows: group }));
}
