import { isIP } from 'node:net';
import { z } from 'zod';

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a line break here would start a new mail header
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;

/** Text that obeys `accepts`; `must` completes the sentence "<NAME> must …". */
export function text(must: string, accepts: (value: string) => boolean) {
  return z.string({ error: must }).refine(accepts, { error: must });
}

/** A whole number of the closed range. */
export function wholeNumber(min: number, max: number) {
  const must = `must be a whole number from ${min} to ${max}`;
  return text(must, (v) => /^\d{1,15}$/.test(v) && Number(v) >= min && Number(v) <= max).transform(Number);
}

/** `true`, `false`, `1` or `0`. */
export function flag() {
  return z.enum(['true', 'false', '1', '0'], { error: 'must be true, false, 1 or 0' }).transform(isOn);
}

/** One of a few names. */
export function oneOf<const T extends readonly [string, ...string[]]>(names: T) {
  return z.enum(names, { error: `must be one of ${names.join(', ')}` });
}

/** A URL whose scheme is one of `schemes`; the value itself is never part of the complaint. */
export function url(...schemes: readonly string[]) {
  const must = `must be a URL starting with ${schemes.map((s) => `${s}://`).join(' or ')}`;
  return text(must, (v) => schemes.includes(parseScheme(v) ?? ''));
}

/** A host name or IPv4 address in lower case, without a port. */
export function hostName() {
  return text('must be a host name without scheme and port', isHostName).transform((v) => v.toLowerCase());
}

/** An address to listen on: a host name or an IP address of either family. */
export function listenAddress() {
  return text('must be a host name or an IP address', (v) => isIP(v) !== 0 || isHostName(v));
}

/** `user@host`, lower-cased. */
export function mailAddress() {
  return text('must be an e-mail address', (v) => ADDRESS.test(v)).transform((v) => v.toLowerCase());
}

/** `user@host` or `Name <user@host>` on one line. */
export function mailSender() {
  const address = (v: string) => /<([^<>]+)>$/.exec(v)?.[1] ?? v;
  const must = 'must be an e-mail address or a name with an address in angle brackets';
  return text(must, (v) => !CONTROL_CHARACTERS.test(v) && ADDRESS.test(address(v)));
}

/** True for a host name (no scheme, no port), in any case. */
export function isHostName(value: string): boolean {
  return HOST_NAME.test(value.toLowerCase());
}

function isOn(value: string): boolean {
  return value === 'true' || value === '1';
}

function parseScheme(value: string): string | undefined {
  try {
    return new URL(value).protocol.slice(0, -1);
  } catch {
    return undefined;
  }
}
