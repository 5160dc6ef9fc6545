import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  constantTimeEqualHex,
  hmacHex,
  randomBase62,
  randomDigits,
  randomHex,
  sha256Hex,
} from '../../../src/platform/secrets/tokens.ts';

describe('random texts', () => {
  it('have the length and the characters asked for', () => {
    expect(randomHex(16)).toMatch(/^[0-9a-f]{32}$/);
    expect(randomBase62(22)).toMatch(/^[0-9A-Za-z]{22}$/);
    expect(randomDigits()).toMatch(/^\d{6}$/);
    expect(randomDigits(14)).toMatch(/^\d{14}$/);
    expect(randomBase62(0)).toBe('');
    expect(() => randomDigits(15)).toThrow(RangeError);
  });

  it('use all 62 characters equally often', () => {
    const counts = countCharacters(randomBase62(124_000));
    expect(counts.size).toBe(62);
    // 2,000 expected each, standard deviation 44: six of them is one failure in millions of runs.
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(264);
  });

  it('use all digits equally often, at the front too', () => {
    const codes = Array.from({ length: 20_000 }, () => randomDigits(6));
    const counts = countCharacters(codes.map((code) => code.slice(0, 1)).join(''));
    expect(counts.size).toBe(10);
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(250);
  });
});

describe('digests', () => {
  it('are the published ones', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    // RFC 4231, test case 2.
    expect(hmacHex(Buffer.from('Jefe'), 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});

describe('constantTimeEqualHex', () => {
  it('is true for equal texts only', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => constantTimeEqualHex(a, b) === (a === b)));
    expect(constantTimeEqualHex(sha256Hex('a'), sha256Hex('a'))).toBe(true);
  });

  it('does not take texts for equal that stop being hex at the same place', () => {
    expect(constantTimeEqualHex('abzz', 'abyy')).toBe(false);
  });
});

function countCharacters(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}
