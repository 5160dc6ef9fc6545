import { z } from 'zod';
import { isHostName } from './fields.ts';

/** The documented REST APIs that this server speaks. */
export const SURFACE_NAMES = ['binboi', 'openbin', 'restume', 'bingo'] as const;

/** Name of one REST API. */
export type SurfaceName = (typeof SURFACE_NAMES)[number];

/** Host name (lower case, no port) to surface. Has no prototype, so `constructor` is not a host. */
export type SurfaceHosts = Readonly<Record<string, SurfaceName>>;

/** Parses `host=surface,host=surface`. */
export function surfaceHosts() {
  return z.string().transform((value, context): SurfaceHosts => {
    const hosts: Record<string, SurfaceName> = Object.create(null);
    for (const entry of splitList(value)) {
      const [host = '', surface = '', ...rest] = entry.split('=').map((part) => part.trim().toLowerCase());
      if (rest.length > 0 || !isHostName(host) || !isSurfaceName(surface) || host in hosts) {
        context.addIssue(
          `must be a comma list of host=surface, each host once, with ${SURFACE_NAMES.join(', ')}`,
        );
        return z.NEVER;
      }
      hosts[host] = surface;
    }
    return Object.freeze(hosts);
  });
}

function isSurfaceName(value: string): value is SurfaceName {
  return (SURFACE_NAMES as readonly string[]).includes(value);
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
