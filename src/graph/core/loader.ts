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
