import DataLoader from 'dataloader';
import type { GraphContext } from './context.ts';

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
