import { randomInt } from 'node:crypto';

const pattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const adjectives =
  'amber bold brisk calm clear crisp dapper eager fair fleet gentle happy jolly keen lively lucky mellow neat noble plucky quiet rapid shiny silent snug sunny swift tidy vivid warm'.split(
    ' ',
  );
const nouns =
  'badger brook cedar comet coral crane delta ember falcon fern finch glade harbor heron island juniper lagoon lark maple meadow otter pebble pine raven reef ridge river sparrow thicket willow'.split(
    ' ',
  );

function oneOf(words: readonly string[]): string {
  return words[randomInt(words.length)] as string;
}

/** A name such as `swift-otter-512` (Binboi 4.2). */
export function randomSubdomain(): string {
  return `${oneOf(adjectives)}-${oneOf(nouns)}-${randomInt(999)}`;
}

/** A subdomain in the form in which it is compared and stored. */
export function normaliseSubdomain(subdomain: string): string {
  return subdomain.trim().toLowerCase().replaceAll('_', '-');
}

/** True for 1 to 63 characters of a-z, 0-9 and inner hyphens. */
export function isSubdomain(subdomain: string): boolean {
  return pattern.test(subdomain);
}

const defaultTarget = 'http://localhost:3000';

/**
 * A tunnel's target in full: empty is port 3000 on localhost, digits are a port there, `http://`
 * may be left out (Binboi 4.2). Null when it is not an http address with host and port.
 */
export function normaliseTarget(text: string): string | null {
  const target = text.trim();
  if (target === '') return defaultTarget;
  const full = /^\d+$/.test(target)
    ? `http://localhost:${target}`
    : target.includes('://')
      ? target
      : `http://${target}`;
  const match = /^http:\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+):(\d{1,5})\/?$/i.exec(full);
  const port = Number(match?.[2]);
  return match && port >= 1 && port <= 65_535 ? `http://${match[1]?.toLowerCase()}:${port}` : null;
}
