import { randomInt } from 'node:crypto';
import { DomainError } from '../../../errors/domainError.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';

type Tx = Prisma.TransactionClient;

/** Without the letters that look like digits or like one another on a label (OpenBin 10.3). */
const alphabet = 'ABCDEFGHJKMNPQRTUVWXY';
const smallWords = new Set([
  'THE',
  'A',
  'AN',
  'MY',
  'OF',
  'FOR',
  'AND',
  'OR',
  'IN',
  'ON',
  'AT',
  'TO',
  'IS',
  'IT',
  'BY',
  'WITH',
]);
const vowels = /[AEIOU]/;
const tries = 10;
const prefixLength = 3;
const endingLength = 3;

const consonantsOf = (word: string): string[] => [...word].filter((letter) => !vowels.test(letter));

function ofTwoWords(first: string, second: string): string {
  const longer = second.length > first.length ? second : first;
  const [consonant] = consonantsOf(longer.slice(1));
  return `${first[0]}${second[0]}${consonant ?? longer[2] ?? longer.at(-1)}`;
}

function ofOneWord(word: string): string {
  const consonants = consonantsOf(word).slice(0, prefixLength);
  const letters = consonants.length === prefixLength ? consonants.join('') : word.slice(0, prefixLength);
  return letters.padEnd(prefixLength, 'X');
}

/** The three letters that a bin's name gives to its code, such as `BRB` for "The Big Red Box" (OpenBin 10.3). */
export function prefixOf(name: string): string {
  const letters = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z\s]/g, '');
  const all = letters.split(/\s+/).filter(Boolean);
  const telling = all.filter((word) => !smallWords.has(word));
  const [first, second, third] = telling.length > 0 ? telling : all;
  if (!first) return 'BIN';
  if (!second) return ofOneWord(first);
  return third ? `${first[0]}${second[0]}${third[0]}` : ofTwoWords(first, second);
}

const randomLetters = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** Throws SHORT_CODE_TAKEN when a bin of the location has the code, the trash included; call it under the location's lock. */
export async function assertFreeShortCode(tx: Tx, locationId: string, shortCode: string): Promise<void> {
  const where = { locationId_shortCode: { locationId, shortCode } };
  if (await tx.bin.findUnique({ where, select: { id: true } })) throw new DomainError('SHORT_CODE_TAKEN');
}

/**
 * Codes for a new bin, to be tried until one is free. After ten that begin like the name, as they are
 * taken where thousands of bins begin alike, ten follow whose six letters are all random.
 */
export function* shortCodes(name: string): Generator<string> {
  const prefix = prefixOf(name);
  for (let tried = 0; tried < 2 * tries; tried++) {
    yield (tried < tries ? prefix : randomLetters(prefixLength)) + randomLetters(endingLength);
  }
}
