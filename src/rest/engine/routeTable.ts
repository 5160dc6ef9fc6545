import findMyWay, { type HTTPMethod } from 'find-my-way';
import type { Method, Route } from './route.ts';

/** A route that a request matched, with the values of its path, percent-decoded once. */
export interface Match<Entry> {
  readonly entry: Entry;
  readonly params: Record<string, string | undefined>;
}

/** Finds routes by method and path. */
export interface RouteTable<Entry> {
  find(method: string, path: string): Match<Entry> | null;
  /** The methods that a path answers, HEAD included; empty for an unknown path. */
  methodsOf(path: string): readonly string[];
}

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const known = new Set<string>(methods);

/**
 * The routes of an API by method and path. A slash at the end of a path does not matter; `%2F` stays inside its
 * value; a path that cannot be decoded is an unknown one.
 */
export function createRouteTable<Entry extends { readonly route: Route }>(
  entries: readonly Entry[],
): RouteTable<Entry> {
  const router = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 2000 });
  for (const entry of entries) router.on(entry.route.method, entry.route.path, () => {}, entry);

  function find(method: string, path: string): Match<Entry> | null {
    const asked = method === 'HEAD' ? 'GET' : method;
    if (!known.has(asked)) return null;
    const found = router.find(asked as HTTPMethod, path);
    return found?.store ? { entry: found.store as Entry, params: found.params } : null;
  }

  return {
    find,
    methodsOf: (path) =>
      methods
        .filter((method) => find(method, path))
        .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
  };
}
