import DataLoader from 'dataloader';
import type { GraphContext } from './context.ts';

/*
 * Which helper reads what lies below a list. All of them are built on `batched`, so that none costs a statement
 * for each parent:
 *
 * - one row or number per key, without arguments: `batched`;
 * - the same with arguments: `batchedAlike`; where it depends on who asks: `perParent`;
 * - a list of one table in the order of its ids, with cursors that are ids: `listBelow` (nestedList.ts), which
 *   stops at the end of each page;
 * - a list in another order, whose cursors are places and whose pages have numbers: `perParent` with
 *   `readPagesBelow` (pagesBelow.ts), shown by `offsetPage`;
 * - a list that is short, or whose order or counts need all of it: `perParent` and then `wholeList`.
 */

/**
 * Makes a function that reads one row per key, and all rows that one request asks for at the same time
 * by one call of `load`: a field below a list costs the same statements for one parent as for many.
 *
 * @param load returns the rows by key; a key without a row may be missing
 */
export function batched<Key, Row>(
  load: (keys: readonly Key[], context: GraphContext) => Promise<ReadonlyMap<Key, Row>>,
): (key: Key, context: GraphContext) => Promise<Row | undefined> {
  const loaders = new WeakMap<GraphContext, DataLoader<Key, Row | undefined>>();
  return (key, context) => {
    let loader = loaders.get(context);
    if (!loader) {
      loader = new DataLoader(
        async (keys) => {
          const rows = await load(keys, context);
          return keys.map((each) => rows.get(each));
        },
        { cache: false },
      );
      loaders.set(context, loader);
    }
    return loader.load(key);
  };
}

/**
 * Makes a function that reads something of a parent, and for all parents that one request asks the same of at
 * the same time by one call of `load`: what differs in `of` (arguments, whose eyes) is read by another call.
 * For lists and counts below a list that take arguments; without arguments {@link batched} is enough.
 *
 * @param load returns what there is by parent; a parent without anything may be missing
 */
export function batchedAlike<Parent, Of, Result>(
  load: (parents: readonly Parent[], of: Of, context: GraphContext) => Promise<ReadonlyMap<Parent, Result>>,
): (parent: Parent, of: Of, context: GraphContext) => Promise<Result | undefined> {
  interface Key {
    readonly parent: Parent;
    readonly of: Of;
  }
  const read = batched<Key, Result>(async (keys, context) => {
    const groups = new Map<string, Key[]>();
    for (const key of keys) {
      const name = JSON.stringify([key.of]);
      const group = groups.get(name);
      if (group) group.push(key);
      else groups.set(name, [key]);
    }
    const results = new Map<Key, Result>();
    for (const group of groups.values()) {
      const [{ of }] = group as [Key];
      const found = await load([...new Set(group.map(({ parent }) => parent))], of, context);
      for (const key of group) {
        const result = found.get(key.parent);
        if (result !== undefined) results.set(key, result);
      }
    }
    return results;
  });
  return (parent, of, context) => read({ parent, of }, context);
}

/** What something below a parent depends on: which parent, and who asks. */
export interface AskedParent {
  readonly id: string;
  readonly viewerId: string;
}

/**
 * Makes a function that reads something of a parent as one person may see it; `load` is called once for all
 * parents that one request asks the same of at the same time, as {@link batchedAlike} does.
 *
 * @param load returns what there is by the parent's id; a parent without anything may be missing
 */
export function perParent<Found, Args = undefined>(
  load: (
    asked: { readonly ids: readonly string[]; readonly viewerId: string; readonly args: Args },
    context: GraphContext,
  ) => Promise<ReadonlyMap<string, Found>>,
): (parent: AskedParent, context: GraphContext, args: Args) => Promise<Found | undefined> {
  const read = batchedAlike<string, { viewerId: string; args: Args }, Found>((ids, of, context) =>
    load({ ids, ...of }, context),
  );
  return ({ id, viewerId }, context, args) => read(id, { viewerId, args }, context);
}
