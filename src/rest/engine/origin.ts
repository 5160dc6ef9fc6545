import type { Request } from 'express';
import type { Config } from '../../config/config.ts';
import { readCookies } from '../../pipeline/credentials.ts';
import type { Api } from './api.ts';
import type { Route } from './route.ts';

/** The host of an origin in the form of `URL.host`; undefined for what is none, such as `null`. */
function hostIn(origin: string): { readonly host: string; readonly scheme: string } | undefined {
  if (!URL.canParse(origin)) return undefined;
  const { host, protocol } = new URL(origin);
  return { host, scheme: protocol };
}

/** True for an origin on the host that the request went to, or on that of PUBLIC_URL: the scheme may be lost at a proxy. */
function isOwn(origin: string, req: Request, { publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  const from = hostIn(origin);
  if (!from) return false;
  const asked = hostIn(`${from.scheme}//${req.host ?? ''}`);
  return from.host === asked?.host || (publicUrl !== undefined && from.host === hostIn(publicUrl)?.host);
}

/** Whether a request may have been caused by a page of another site than the configured one. */
function isForeign(req: Request, corsOrigin: string | undefined, config: Pick<Config, 'publicUrl'>): boolean {
  const { origin, 'sec-fetch-site': site } = req.headers;
  if (origin !== undefined && origin === corsOrigin) return false;
  return site === 'cross-site' || (origin !== undefined && !isOwn(origin, req, config));
}

/**
 * True for a request by a page of another site that would set cookies or be signed in by them: a form there may sign
 * its visitor in to an account of its maker, or act as the visitor. Programs send no origin.
 */
export function misusesCookies(
  req: Request,
  path: string,
  route: Route | undefined,
  api: Pick<Api, 'csrf' | 'credentials' | 'corsOrigin'>,
  config: Config,
): boolean {
  const { csrf } = api;
  if (!csrf || csrf.exempts?.(path)) return false;
  if (!isForeign(req, api.corsOrigin?.(config), config)) return false;
  if (route?.success.cookies) return true;
  // Another site's page cannot make a browser send such a header, and it comes before the cookies.
  if (api.credentials.some(({ ambient, read }) => !ambient && read(req.headers))) return false;
  const cookies = readCookies(req.headers);
  return csrf.guardedCookies.some((name) => cookies[name]);
}
