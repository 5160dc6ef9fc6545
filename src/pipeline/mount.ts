import type { RequestHandler } from 'express';
import type { ApiName } from '../config/config.ts';
import { hostOf } from './requestInfo.ts';

/** A REST API as mounting knows it. */
export interface Mountable {
  readonly name: ApiName;
  /** The paths that are its own at the plain root, such as `/api/v1`; unknown paths below them are answered by it. */
  readonly bases: readonly string[];
  readonly table: {
    /** The documented route of a request, or null. */
    find(method: string, path: string): object | null;
    /** The methods that are documented for a path; empty for an unknown path. */
    methodsOf(path: string): readonly string[];
  };
  readonly router: RequestHandler;
}

/** True for a base itself and for every path below it. */
export function isBelow(path: string, base: string): boolean {
  return path === base || path.startsWith(`${base}/`);
}

/** A URL as a router gets it, split into its path and its query without the question mark. */
export function splitUrl(url: string): { readonly path: string; readonly search: string } {
  const at = url.indexOf('?');
  return at === -1 ? { path: url, search: '' } : { path: url.slice(0, at), search: url.slice(at + 1) };
}

const absoluteForm = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i;

/** Serves each API on its own host names: `<api>.localhost`, and those of API_HOSTS. */
export function mountByHost(
  apis: readonly Mountable[],
  hosts: Readonly<Record<string, ApiName>>,
): RequestHandler {
  const byHost = new Map(apis.map(({ name, router }) => [`${name}.localhost`, router]));
  for (const [host, owner] of Object.entries(hosts)) {
    const api = apis.find(({ name }) => name === owner);
    if (api) byHost.set(host, api.router);
  }
  return (req, res, next) => {
    // A request may name its target with scheme and host (RFC 9112, section 3.2.2).
    if (!req.url.startsWith('/')) {
      const path = req.url.replace(absoluteForm, '');
      req.url = path.startsWith('/') ? path : `/${path}`;
    }
    const router = byHost.get(hostOf(req));
    if (router) router(req, res, next);
    else next();
  };
}

/**
 * Serves each API below its name, letter by letter. As Express would mount it, `baseUrl` and `url` of the request are
 * split where the prefix ends; one look at the first segment takes a tenth of four layers with a pattern each.
 */
export function mountByPrefix(apis: readonly Mountable[]): RequestHandler {
  const byName = new Map<string, RequestHandler>(apis.map(({ name, router }) => [name, router]));
  return (req, res, next) => {
    const { url, baseUrl } = req;
    const end = url.slice(1).search(/[/?]/) + 1 || url.length;
    const router = byName.get(url.slice(1, end));
    if (!router) return next();
    const below = url.slice(end);
    req.baseUrl = baseUrl + url.slice(0, end);
    req.url = below.startsWith('/') ? below : `/${below}`;
    router(req, res, (error?: unknown) => {
      Object.assign(req, { url, baseUrl });
      next(error);
    });
  };
}

/**
 * Serves documented paths at the plain root. A path that several APIs document goes to `rootApi`; an unknown one to
 * the API with the longest base above it; what is below no base is left to the server itself.
 */
export function mountAtRoot(apis: readonly Mountable[], rootApi: ApiName): RequestHandler {
  // The first of several candidates wins.
  const ordered = [...apis].sort((a, b) => Number(b.name === rootApi) - Number(a.name === rootApi));
  const depthOf = ({ bases }: Mountable, path: string) =>
    Math.max(0, ...bases.filter((base) => isBelow(path, base)).map((base) => base.length));

  function ownerOf(method: string, path: string): Mountable | undefined {
    const owner =
      ordered.find(({ table }) => table.find(method, path)) ??
      ordered.find(({ table }) => table.methodsOf(path).length > 0);
    if (owner) return owner;
    const deepest = Math.max(0, ...apis.map((api) => depthOf(api, path)));
    return deepest > 0 ? ordered.find((api) => depthOf(api, path) === deepest) : undefined;
  }

  return (req, res, next) => {
    const owner = ownerOf(req.method, splitUrl(req.url).path);
    if (owner) owner.router(req, res, next);
    else next();
  };
}
