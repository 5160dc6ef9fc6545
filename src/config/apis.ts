import { z } from 'zod';
import { isHostName } from './fields.ts';

/** The documented REST APIs that this server speaks. */
export const API_NAMES = ['binboi', 'openbin', 'restume', 'bingo'] as const;

/** Name of one REST API. */
export type ApiName = (typeof API_NAMES)[number];

/** Host name (lower case, no port) to API. Has no prototype, so `constructor` is not a host. */
export type ApiHosts = Readonly<Record<string, ApiName>>;

/** Parses `host=api,host=api`. */
export function apiHosts() {
  return z.string().transform((value, context): ApiHosts => {
    const hosts: Record<string, ApiName> = Object.create(null);
    for (const entry of splitList(value)) {
      const [host = '', api = '', ...rest] = entry.split('=').map((part) => part.trim().toLowerCase());
      if (rest.length > 0 || !isHostName(host) || !isApiName(api) || host in hosts) {
        context.addIssue(`must be a comma list of host=api, each host once, with ${API_NAMES.join(', ')}`);
        return z.NEVER;
      }
      hosts[host] = api;
    }
    return Object.freeze(hosts);
  });
}

function isApiName(value: string): value is ApiName {
  return (API_NAMES as readonly string[]).includes(value);
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
