import { hash } from 'node:crypto';

const MAX_LENGTH = 64;

/** Callers choose some keys: a megabyte of "user name" must not become a megabyte of key. */
export function shortenKey(key: string): string {
  return key.length > MAX_LENGTH ? `#${hash('sha256', key, 'base64url')}` : key;
}
