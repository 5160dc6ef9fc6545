import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { BinIndex } from '../../src/graph/inventory/search/binIndex.ts';
import { ItemIndex } from '../../src/graph/inventory/search/itemIndex.ts';
import { KeptIndexes } from '../../src/graph/inventory/search/keptIndexes.ts';

const pace = { isDue: () => false, rest: async () => undefined };
const unbounded = { maxBytes: Number.POSITIVE_INFINITY, pace };

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function heapBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** What else comes and goes meanwhile. */
const noiseBytes = 500_000;

/** A text of its own, as the database's driver makes one. */
const own = (text: string): string => Buffer.from(text).toString();
const unique = (letters: number) => () => randomBytes(letters).toString('hex').slice(0, letters);
const known = Array.from({ length: 20_000 }, unique(9));
const common = () => known[Math.floor(Math.random() ** 2 * known.length)] as string;
const wide = () => `${unique(4)()}ж`;
const words = (count: number, word: () => string) => own(Array.from({ length: count }, word).join(' '));
const idOf = (at: number) => own(`00000000-0000-4000-8000-${String(at).padStart(12, '0')}`);

interface Texts {
  readonly bins: number;
  readonly items: number;
  readonly wordsOfItem: number;
  readonly wordsOfNotes: number;
  readonly word: () => string;
}

async function itemIndex({ bins: count, items: each, wordsOfItem, word }: Texts): Promise<ItemIndex> {
  const bins = Array.from({ length: count }, (_, at) => ({
    id: idOf(at),
    updatedAt: own('2026-01-01T00:00:00.000Z'),
    name: words(2, word),
    onlyFor: null,
  }));
  const items = bins.flatMap((bin, at) =>
    Array.from({ length: each }, (_, nth) => ({
      id: idOf(1e6 + at * each + nth),
      name: words(wordsOfItem, word),
      quantity: 1,
      binId: own(bin.id),
    })),
  );
  const index = new ItemIndex();
  const outdated = bins.map(({ id }) => id);
  expect(await index.refresh(bins, outdated, items, unbounded)).toBe(true);
  return index;
}

async function binIndex({ bins, items, wordsOfItem, wordsOfNotes, word }: Texts): Promise<BinIndex> {
  const marks = Array.from({ length: bins }, (_, at) => ({
    id: idOf(at),
    updatedAt: own('2026-01-01T00:00:00.000Z'),
    areaId: idOf(1e6),
  }));
  const texts = marks.map(({ id }) => ({ id, text: words(2 + wordsOfNotes + items * wordsOfItem, word) }));
  const index = new BinIndex();
  await index.refresh(texts, new Map(marks.map((mark) => [mark.id, mark])), new Map(), unbounded);
  return index;
}

/** What was measured stays, so that nothing of it is freed in the midst of the next measurement. */
const held: unknown[] = [];

const kinds: [string, Texts][] = [
  ['a large household', { bins: 5000, items: 10, wordsOfItem: 4, wordsOfNotes: 30, word: common }],
  [
    'unique words of five letters',
    { bins: 5, items: 200, wordsOfItem: 80, wordsOfNotes: 0, word: unique(5) },
  ],
  ['one letter an item', { bins: 50, items: 500, wordsOfItem: 1, wordsOfNotes: 0, word: unique(1) }],
  ['words of 490 letters', { bins: 10, items: 500, wordsOfItem: 1, wordsOfNotes: 0, word: unique(490) }],
  ['words beyond Latin-1', { bins: 10, items: 500, wordsOfItem: 20, wordsOfNotes: 0, word: wide }],
];

describe('the memory of a search is counted honestly', () => {
  it.each(kinds)('%s', async (_name, texts) => {
    for (const make of [itemIndex, binIndex]) {
      const before = heapBytes();
      const index = await make(texts);
      held.push(index);
      const takenBytes = heapBytes() - before;
      expect(takenBytes).toBeLessThan(1.15 * index.bytes + noiseBytes);
      // Nor much too high, or a household would go without an index.
      expect(takenBytes).toBeGreaterThan(0.5 * index.bytes - noiseBytes);
      expect(index.bytes).toBeLessThan(32_000_000);
    }
  });

  it('what leaves an index no longer counts, and no long word keeps the text that it came from', async () => {
    const index = new BinIndex();
    const empty = index.bytes;
    const mark = (id: string, updatedAt: string) => ({ id, updatedAt, areaId: null });
    async function apply(updatedAt: string, texts: Record<string, string>) {
      const marks = Object.keys(texts).map((id) => mark(id, updatedAt));
      await index.outdated(marks, '9', pace);
      const read = Object.entries(texts).map(([id, text]) => ({ id, text }));
      await index.refresh(read, new Map(marks.map((each) => [each.id, each])), new Map(), unbounded);
    }
    const shared = Array.from({ length: 40 }, unique(20));
    const before = heapBytes();
    const large = shared.map((word, at) => [`large${at}`, own(`${word} ${'x'.repeat(500_000)}`)] as const);
    await apply('1', { ...Object.fromEntries(large), small: shared.join(' ') });
    expect(index.bytes).toBeGreaterThan(20_000_000);
    large.length = 0;
    await apply('2', { small: shared.join(' ') });
    expect(heapBytes() - before).toBeLessThan(4_000_000);
    expect(index.bytes).toBeLessThan(100_000);
    await apply('3', {});
    expect(index.bytes).toBe(empty);
  });

  it('an index that would grow too large stops at its bound', async () => {
    const bins = [{ id: 'a', updatedAt: '1', name: 'Box', onlyFor: null }];
    let read = 0;
    const items = {
      *[Symbol.iterator]() {
        for (; read < 100_000; read += 1)
          yield { id: String(read), name: unique(5)(), quantity: null, binId: 'a' };
      },
    };
    const index = new ItemIndex();
    const growth = { maxBytes: 1_000_000, pace };
    expect(await index.refresh(bins, ['a'], items, growth)).toBe(false);
    expect(read).toBeLessThan(5000);
    expect(index.bytes).toBeLessThan(1_001_000);
  });

  it('what is kept never exceeds the budget: what was used longest ago goes first, and all that is too large', () => {
    const kept = new KeptIndexes<{ readonly bytes: number }>(10_000);
    const sizes = [4000, 3000, 2000, 4000, 9999, 20_000, 1000];
    for (const [at, bytes] of sizes.entries()) {
      kept.put(String(at), { version: at, index: { bytes }, madeAtMs: 0 });
      expect(kept.bytes).toBeLessThanOrEqual(10_000);
      if (at === 3)
        expect([0, 1, 2, 3].map((id) => kept.take(String(id))?.version)).toEqual([undefined, 1, 2, 3]);
    }
    expect(kept.take('6')?.index?.bytes).toBe(1000);
    expect([kept.take('5'), kept.bytes]).toEqual([undefined, 0]);
    for (let at = 0; at < 1000; at += 1) kept.put(String(at), { version: 1, index: null, madeAtMs: 0 });
    expect(kept.bytes).toBeLessThanOrEqual(10_000);
  });
});
