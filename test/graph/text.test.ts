import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainAddress, normaliseAddress, storedAddresses } from '../../src/graph/core/text/addresses.ts';
import { isVisible } from '../../src/graph/core/text/invisible.ts';
import { comparedName, tidyInside, tidyKeepingSpace, tidyName } from '../../src/graph/core/text/names.ts';
import { preparePassword } from '../../src/graph/core/text/passwords.ts';
import { foldCase, foldedKeys } from '../../src/graph/core/text/search.ts';

const invisible = [
  '\u200b',
  '\u2060',
  '\u0001',
  '\u3164',
  '\u00ad',
  '\u202e',
  '\ufeff',
  '\u115f',
  '\u2800',
  '\ud800',
];
/** Any text, and often one of the characters that the rules are about. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom(
        ...invisible,
        ...[
          'e\u0301',
          'é',
          '\u0301',
          '\u1100',
          '\u1161',
          '\u11a8',
          '\u0130',
          'ß',
          'Σ',
          '\u2126',
          '\ufb1d',
          '\u2000',
        ],
        ...[
          ' ',
          '\n',
          '\t',
          '\u200d',
          '\ufe0f',
          '❤\ufe0f',
          '👨\u200d👩\u200d👧',
          'xn--',
          '@',
          '.',
          'A',
          '\u034f',
        ],
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const forms = {
  tidyName,
  tidyKeepingSpace,
  tidyInside,
  comparedName,
  foldCase,
  preparePassword,
  normaliseAddress,
};
const runs = { numRuns: 2000 };

describe.each(Object.entries(forms))('%s', (_name, normalise) => {
  it('changes nothing when it is applied again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      }),
      runs,
    );
  });

  it('gives a composed and a decomposed text the same form', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalise(text.normalize('NFD'))).toBe(normalise(text.normalize('NFC')));
      }),
      runs,
    );
  });
});

describe('names', () => {
  it('compare alike whatever invisible characters are added anywhere', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.constantFrom(...invisible.slice(0, -1)), (text, at, added) => {
        const characters = [...text.normalize('NFC')];
        characters.splice(at % (characters.length + 1), 0, added);
        // Beside half a pair, another character changes what that half is part of.
        if (/\p{Cs}/u.test(text)) return;
        expect(comparedName(characters.join(''))).toBe(comparedName(text));
      }),
      runs,
    );
  });

  it.each([
    '\u200b',
    '\u2060',
    '\u0001',
    '\u3164',
    '\uffa0',
    '\u00ad',
    '\u180e',
    '\u2800',
    ' \u200d ',
    '\ufe0f',
    '',
  ])('are not visible when they are %j', (text) => expect(isVisible(text)).toBe(false));

  it.each([
    ['\u200bGarage\u200b', 'Garage'],
    ['Cafe\u0301', 'Café'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧'],
    ['I ❤\ufe0f', 'I ❤\ufe0f'],
    [
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ],
    [' \u2060 Box \u0001', 'Box'],
  ])('%j is kept as %j', (text, kept) => {
    expect(tidyName(text)).toBe(kept);
    expect(tidyInside(text)).toBe(kept);
  });

  it('of one line lose line breaks and bidirectional marks inside', () => {
    expect(tidyInside('a\nb\u202ec\u200bd\u0000')).toBe('abcd');
  });

  it('are tidied in linear time', () => {
    const startMs = performance.now();
    tidyName(`x${'\u200b '.repeat(200_000)}y`);
    tidyKeepingSpace(`${'\u200b'.repeat(200_000)}y${'\u200b'.repeat(200_000)}`);
    expect(performance.now() - startMs).toBeLessThan(2000);
  });
});

describe('search texts', () => {
  it('keep the line breaks between the lines of an index', () => {
    expect(foldCase('Cafe\u0301\nTÜR')).toBe('café\ntür');
  });

  it('are looked up by the forms of rows that are not normalised yet', () => {
    expect(foldedKeys('Café')).toEqual(['café', 'cafe\u0301']);
    expect(foldedKeys('Box')).toEqual(['box']);
  });
});

describe('addresses', () => {
  it.each([
    ['a@bücher.example', 'a@xn--bcher-kva.example'],
    ['A@BU\u0308CHER.example', 'a@xn--bcher-kva.example'],
    [' Ada@Example.com ', 'ada@example.com'],
    ['Jo\u0301se@example.com', 'jóse@example.com'],
    ['a@例え。jp', 'a@xn--r8jz45g.jp'],
  ])('%j is stored as %j', (typed, stored) => {
    expect(normaliseAddress(typed)).toBe(stored);
    expect(isPlainAddress(stored)).toBe(true);
  });

  it.each([
    ...[
      'ada@example.com\u200b',
      'a\u00adda@example.com',
      'ada@exam\u2060ple.com',
      'ada@bü\u200bcher.example',
    ],
    ...[
      'a@b\uff0fc.example',
      'a@１.２',
      'a@xn--bcher-kvb.example\u3164',
      'a@℀.example',
      'a@xn--zzzzzz999.example',
    ],
  ])('%j is refused', (typed) => {
    expect(isPlainAddress(normaliseAddress(typed))).toBe(false);
  });

  it('of one mailbox never become two accounts by invisible characters or composition', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.constantFrom(...invisible, ''), (local, at, added) => {
        const address = `${local}@bücher.example`;
        const characters = [...address];
        characters.splice(at % (characters.length + 1), 0, added);
        const variant = normaliseAddress(characters.join('').normalize('NFD'));
        const refused = !isPlainAddress(variant) || !isPlainAddress(normaliseAddress(address));
        if (!refused) expect(variant).toBe(normaliseAddress(address));
      }),
      runs,
    );
  });

  it('are looked up in the forms that older rows have, and in one where there is only one', () => {
    expect(storedAddresses('Ada@example.com')).toEqual(['ada@example.com']);
    expect(storedAddresses('a@xn--bcher-kva.example')).toContain('a@bücher.example');
    expect(storedAddresses('a@bücher.example')).toContain('a@bu\u0308cher.example');
    for (const other of ['ada@example.com\u200b', 'ada@bü\u200bcher.example', 'ada@℀.example']) {
      expect(new Set(storedAddresses(other).map((form) => form.normalize('NFC')))).toEqual(new Set([other]));
    }
  });
});

describe('passwords', () => {
  it('are composed, with one kind of space, and otherwise as typed', () => {
    expect(preparePassword('Pa\u0308ss\u3000Wort\u00a01 ')).toBe('Päss Wort 1 ');
    expect(preparePassword('a\u200b\u0001ﬁ')).toBe('a\u200b\u0001ﬁ');
  });
});
