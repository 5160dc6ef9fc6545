import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BinIndex } from '../../src/graph/inventory/search/binIndex.ts';
import { fuzzyMatcher, fuzzyQuery, isWithin } from '../../src/graph/inventory/search/fuzzy.ts';

/** Rests wherever it may. */
const pace = { isDue: () => true, rest: async () => undefined };
const growth = { maxBytes: Number.POSITIVE_INFINITY, pace };

describe('a fuzzy search (OpenBin 10.6)', () => {
  it.each([
    ['box', 'Toolbox', true],
    ['bo', 'Toolbox', false],
    ['to', 'Toolbox', true],
    ['TO', 'a-tool', true],
    ['x', 'a_b.c/x1', true],
    ['hamer', 'Hammer', true],
    ['hamr', 'Hammer', false],
    ['hamm', 'hamn', true],
    ['scrwdrvr', 'screwdriver', false],
    ['screwdrvr', 'screwdriver', true],
    ['hmmer', 'hammering', true],
    ['abc', '', false],
    ['  ', 'anything', true],
    ['winter coat', 'my winter coats', true],
  ])('%j in %j: %s', (query, text, matches) => {
    expect(fuzzyMatcher(query)(text)).toBe(matches);
  });

  it('forgives slips up to 64 characters, and finds what is longer where it stands', () => {
    const long = 'abcdefgh'.repeat(8);
    const wrong = `x${long.slice(1)}`;
    expect([fuzzyMatcher(long)(wrong), fuzzyMatcher(`${long}a`)(`${wrong}a`)]).toEqual([true, false]);
    for (const query of [long, `${long}a`, `${long}a`.slice(0, 64)]) {
      expect(fuzzyMatcher(query)(`box ${long}abc`)).toBe(true);
      expect(fuzzyMatcher(query)(`box x${long}abc`)).toBe(true);
    }
    // Of a word no more counts than the query's length and two letters.
    expect(fuzzyMatcher(long)(`${wrong}rest of it`.replaceAll(' ', ''))).toBe(false);
  });

  it('counts slips as the definition of Levenshtein does', () => {
    const distance = (a: string, b: string): number => {
      if (a === '' || b === '') return a.length + b.length;
      const rest = distance(a.slice(1), b.slice(1));
      if (a[0] === b[0]) return rest;
      return 1 + Math.min(rest, distance(a.slice(1), b), distance(a, b.slice(1)));
    };
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, fc.nat(3), (a, b, most) => {
        expect(isWithin(a, b, most)).toBe(distance(a, b) <= most);
      }),
    );
  });

  it('counts them in long words as a whole matrix does', () => {
    const distance = (a: string, b: string): number => {
      let row = Array.from({ length: b.length + 1 }, (_, j) => j);
      for (const [i, letter] of [...a].entries()) {
        const next = [i + 1];
        for (let j = 1; j <= b.length; j += 1) {
          const replaced = (row[j - 1] as number) + (letter === b[j - 1] ? 0 : 1);
          next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
        }
        row = next;
      }
      return row[b.length] as number;
    };
    const letter = fc.constantFrom('a', 'b');
    const word = fc.string({ unit: letter, maxLength: 40 });
    const slip = fc.tuple(fc.nat(40), fc.nat(1), fc.oneof(letter, fc.constant('')));
    fc.assert(
      fc.property(word, fc.array(slip, { maxLength: 5 }), fc.nat(4), (a, slips, most) => {
        const b = slips.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), a);
        expect(isWithin(a, b, most)).toBe(distance(a, b) <= most);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes time by the length of the words, not by its square', () => {
    const half = 'a'.repeat(100_000);
    const startedAt = performance.now();
    expect(isWithin(`${half}bc${half}`, `${half}cb${half}`, 2)).toBe(true);
    expect(isWithin(`${half}bcd${half}`, `${half}efg${half}`, 2)).toBe(false);
    // A matrix would have 40,000 million cells.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('finds by the index what it finds by looking at each line of each bin', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', 'n', '-', ' '), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(line, { maxLength: 4 }), { maxLength: 8 }),
        line,
        async (bins, query) => {
          const parts = fuzzyQuery(query);
          fc.pre(parts !== null);
          const index = new BinIndex();
          const texts = bins.map((lines, at) => ({ id: String(at), text: lines.join('\n') }));
          const marks = texts.map(({ id }) => ({ id, updatedAt: '1', areaId: null }));
          expect(await index.outdated(marks, '2', pace)).toEqual(marks.map(({ id }) => id));
          await index.refresh(texts, new Map(marks.map((mark) => [mark.id, mark])), new Map(), growth);
          const matches = fuzzyMatcher(query);
          const expected = bins.flatMap((lines, at) => (lines.some(matches) ? [String(at)] : []));
          expect((await index.search(parts, pace)).sort()).toEqual(expected.sort());
        },
      ),
    );
  });

  it('reads again just what is new, changed or young, and forgets what is gone', async () => {
    const index = new BinIndex();
    const find = async (words: string) => {
      const query = fuzzyQuery(words);
      return query ? (await index.search(query, pace)).sort() : [];
    };
    const mark = (id: string, updatedAt: string, areaId: string | null = null) => ({ id, updatedAt, areaId });
    async function apply(
      marks: ReturnType<typeof mark>[],
      texts: Record<string, string>,
      areas: [string, string][] = [],
    ) {
      const ids = await index.outdated(marks, '5', pace);
      const read = ids.map((id) => ({ id, text: texts[id] ?? '' }));
      await index.refresh(read, new Map(marks.map((each) => [each.id, each])), new Map(areas), growth);
      return ids;
    }
    expect(
      await apply([mark('a', '1', 'x'), mark('b', '2')], { a: 'apple', b: 'apple' }, [['x', 'Attic']]),
    ).toEqual(['a', 'b']);
    expect([await find('apple'), await find('attic')]).toEqual([['a', 'b'], ['a']]);
    expect(await apply([mark('a', '1'), mark('b', '3'), mark('c', '6')], { b: 'pear', c: 'pear' })).toEqual([
      'b',
      'c',
    ]);
    expect([await find('apple'), await find('pear'), await find('attic')]).toEqual([['a'], ['b', 'c'], []]);
    expect(await apply([mark('c', '6')], { c: 'plum' })).toEqual(['c']);
    expect([await find('apple'), await find('pear'), await find('plum')]).toEqual([[], [], ['c']]);
  });
});
