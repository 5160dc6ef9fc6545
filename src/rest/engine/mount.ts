import type { ApiName } from '../../config/config.ts';
import type { ApiServer } from './engine.ts';

/** Where a request belongs. */
export interface Mounted {
  readonly server: ApiServer;
  /** What precedes the documented path, such as `/binboi`; empty on an API's own host and at the root. */
  readonly base: string;
  /** The documented path. */
  readonly path: string;
}

/** Finds the API of a request, or null when it is for the server itself. `host` is without its port. */
export type FindMount = (host: string, method: string, path: string) => Mounted | null;

interface MountOptions {
  /** Host names beside `<api>.localhost`. */
  readonly hosts: Readonly<Record<string, ApiName>>;
  /** Gets the root paths that several APIs document. */
  readonly rootApi: ApiName;
}

/** True for a base itself and for every path below it. */
export function isBelow(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}/`);
}

/** The three ways of mounting: by host name, by prefix, and at the plain root (design.md section 3). */
export function createMounts(servers: readonly ApiServer[], { hosts, rootApi }: MountOptions): FindMount {
  const byName = new Map(servers.map((server) => [server.api.name, server]));
  const byHost = new Map<string, ApiServer>();
  for (const server of servers) byHost.set(`${server.api.name}.localhost`, server);
  for (const [host, name] of Object.entries(hosts)) {
    const server = byName.get(name);
    if (server) byHost.set(host, server);
  }

  function preferred(candidates: readonly ApiServer[]): ApiServer | undefined {
    return candidates.find((server) => server.api.name === rootApi) ?? candidates[0];
  }

  /** A documented path goes to the API that has it; an unknown one to the API with the longest base above it. */
  function atRoot(method: string, path: string): ApiServer | undefined {
    const owner =
      preferred(servers.filter((server) => server.router.find(method, path))) ??
      preferred(servers.filter((server) => server.router.methodsOf(path).length > 0));
    if (owner) return owner;
    const depth = (server: ApiServer) =>
      Math.max(0, ...server.api.bases.filter((base) => isBelow(path, base)).map((base) => base.length));
    const deepest = Math.max(0, ...servers.map(depth));
    return deepest > 0 ? preferred(servers.filter((server) => depth(server) === deepest)) : undefined;
  }

  return (host, method, path) => {
    const own = byHost.get(host);
    if (own) return { server: own, base: '', path };
    const end = path.indexOf('/', 1);
    const first = path.slice(1, end === -1 ? undefined : end);
    const prefixed = byName.get(first as ApiName);
    if (prefixed) return { server: prefixed, base: `/${first}`, path: end === -1 ? '/' : path.slice(end) };
    const server = atRoot(method, path);
    return server ? { server, base: '', path } : null;
  };
}
