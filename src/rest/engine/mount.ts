import type { SurfaceName } from '../../config.ts';
import type { SurfaceServer } from './engine.ts';

/** Where a request belongs. */
export interface Mounted {
  readonly server: SurfaceServer;
  /** What precedes the documented path, such as `/binboi`; empty on a surface's own host and at the root. */
  readonly base: string;
  /** The documented path. */
  readonly path: string;
}

/** Finds the surface of a request, or null when it is for the server itself. `host` is without its port. */
export type FindMount = (host: string, method: string, path: string) => Mounted | null;

interface MountOptions {
  /** Host names beside `<surface>.localhost`. */
  readonly hosts: Readonly<Record<string, SurfaceName>>;
  /** Gets the root paths that several surfaces document. */
  readonly rootSurface: SurfaceName;
}

/** True for a base itself and for every path below it. */
export function isBelow(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}/`);
}

/** The three ways of mounting: by host name, by prefix, and at the plain root (design.md section 3). */
export function createMounts(
  servers: readonly SurfaceServer[],
  { hosts, rootSurface }: MountOptions,
): FindMount {
  const byName = new Map(servers.map((server) => [server.surface.name, server]));
  const byHost = new Map<string, SurfaceServer>();
  for (const server of servers) byHost.set(`${server.surface.name}.localhost`, server);
  for (const [host, name] of Object.entries(hosts)) {
    const server = byName.get(name);
    if (server) byHost.set(host, server);
  }

  function preferred(candidates: readonly SurfaceServer[]): SurfaceServer | undefined {
    return candidates.find((server) => server.surface.name === rootSurface) ?? candidates[0];
  }

  /** A documented path goes to the surface that has it; an unknown one to the surface with the longest base above it. */
  function atRoot(method: string, path: string): SurfaceServer | undefined {
    const owner =
      preferred(servers.filter((server) => server.router.find(method, path))) ??
      preferred(servers.filter((server) => server.router.methodsOf(path).length > 0));
    if (owner) return owner;
    const depth = (server: SurfaceServer) =>
      Math.max(0, ...server.surface.bases.filter((base) => isBelow(path, base)).map((base) => base.length));
    const deepest = Math.max(0, ...servers.map(depth));
    return deepest > 0 ? preferred(servers.filter((server) => depth(server) === deepest)) : undefined;
  }

  return (host, method, path) => {
    const own = byHost.get(host);
    if (own) return { server: own, base: '', path };
    const end = path.indexOf('/', 1);
    const first = path.slice(1, end === -1 ? undefined : end);
    const prefixed = byName.get(first as SurfaceName);
    if (prefixed) return { server: prefixed, base: `/${first}`, path: end === -1 ? '/' : path.slice(end) };
    const server = atRoot(method, path);
    return server ? { server, base: '', path } : null;
  };
}
