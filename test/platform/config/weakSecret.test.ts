import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { weaknessOf } from '../../../src/config/weakSecret.ts';

describe('A SECRET_KEY', () => {
  it.each([
    'aaaaaaaaaaaaaaaa',
    'a'.repeat(64),
    'abcabcabcabcabcabcabcabcabcabcabcabc',
    'changeme'.repeat(5),
    '0123456789abcdefghijklmnopqrstuvwxyz',
    '01234567890123456789012345678901',
    'correct-horse-battery',
  ])('is weak when it is short, repeats or goes up: %s', (secret) =>
    expect(weaknessOf(secret)).toBeDefined());

  it.each(['hex', 'base64', 'base64url'] as const)('of random bytes in %s is not', (encoding) => {
    for (let tries = 0; tries < 200; tries++) {
      expect(weaknessOf(randomBytes(32).toString(encoding))).toBeUndefined();
      expect(weaknessOf(randomBytes(encoding === 'hex' ? 16 : 24).toString(encoding))).toBeUndefined();
    }
  });
});
