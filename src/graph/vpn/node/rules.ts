import { isIP } from 'node:net';
import type { Issues } from '../../../errors/issues.ts';
import { hasLength, isNameUpTo } from '../../core/checkText.ts';
import { tidyName } from '../../core/text/names.ts';
import { foldCase } from '../../core/text/search.ts';
import { isCountry } from './countries.ts';

/** How long the texts of a node may be. */
export const nodeLengths = { name: 64, host: 253, info: 1000, instanceId: 128 } as const;

/** The port of a node unless another is given. */
export const defaultPort = 443;

const hostPattern =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** What of a node its owner sets; undefined leaves a field as it is. */
export interface NodeFields {
  readonly name?: string | undefined;
  readonly ip?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly country?: string | undefined;
  readonly info?: string | null | undefined;
  readonly instanceId?: string | null | undefined;
}

/** What must hold of each field; the sentence completes "<field> …". Texts are in their stored form. */
export const nodeRules = {
  name: { message: `must have 1 to ${nodeLengths.name} characters`, accepts: isNameUpTo(nodeLengths.name) },
  ip: {
    message: 'must be an IPv4 or IPv6 address',
    accepts: (ip: string) => isIP(ip) !== 0 && !ip.includes('%'),
  },
  host: { message: 'must be a host name', accepts: (host: string) => hostPattern.test(host) },
  port: { message: 'must be between 1 and 65535', accepts: (port: number) => port >= 1 && port <= 65_535 },
  country: { message: 'must be an ISO 3166-1 alpha-2 country code', accepts: isCountry },
  info: {
    message: `must have at most ${nodeLengths.info} characters`,
    accepts: hasLength(0, nodeLengths.info),
  },
  instanceId: {
    message: `must have 1 to ${nodeLengths.instanceId} characters`,
    accepts: hasLength(1, nodeLengths.instanceId),
  },
} as const;

/** The fields as they are stored: trimmed, and lower-case where case means nothing. */
export function normaliseNode(fields: NodeFields): NodeFields {
  return {
    ...fields,
    name: fields.name == null ? undefined : tidyName(fields.name),
    ip: fields.ip?.trim().toLowerCase(),
    host: fields.host?.trim().toLowerCase(),
    country: fields.country?.trim().toLowerCase(),
  };
}

/** Notes which of the given fields do not fit. */
export function checkNode(issues: Issues, fields: NodeFields): void {
  function check<Value>(
    field: keyof NodeFields,
    value: Value | null | undefined,
    { message, accepts }: { message: string; accepts: (value: Value) => boolean },
  ) {
    if (value != null && !accepts(value)) issues.add(field, 'format', message);
  }
  check('name', fields.name, nodeRules.name);
  check('ip', fields.ip, nodeRules.ip);
  check('host', fields.host, nodeRules.host);
  check('port', fields.port, nodeRules.port);
  check('country', fields.country, nodeRules.country);
  check('info', fields.info, nodeRules.info);
  check('instanceId', fields.instanceId, nodeRules.instanceId);
}

/** What a node is found by: folded, because PostgreSQL's LIKE minds case and SQLite's does not. */
export function searchTextOf({ name, host }: { name: string; host: string }): string {
  return foldCase(`${name}\n${host}`);
}
