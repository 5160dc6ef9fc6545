import { afterEach, expect, test, vi } from 'vitest';
import { runBench } from '../../bench/cli.ts';
import { ratioOf } from '../../bench/harness/bench.ts';
import { isMet, reportLines } from '../../bench/harness/report.ts';
import { median } from '../../bench/harness/statistics.ts';
import { scenarios } from '../../bench/scenarios.ts';

afterEach(() => vi.restoreAllMocks());

test('a ratio is the median of the rounds, each compared with its own', () => {
  const rate = (perSecond: number) => ({ perSecond, perCpuSecond: perSecond * 2 });
  // The machine halves its speed in the second round: the ratio of that round is as good as the others.
  const rates = { ours: [300, 150, 330].map(rate), theirs: [600, 300, 600].map(rate) };
  const finding = ratioOf('ours / theirs', rates, ['ours', 'theirs'], {
    by: 'perCpuSecond',
    aim: { atLeast: 0.5 },
  });
  expect(finding).toEqual({
    what: 'ours / theirs',
    value: 0.5,
    range: [0.5, 0.55],
    from: '600 / 1200 /CPU s',
    aim: { atLeast: 0.5 },
  });
});

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[4, 1, 2, 9], 3],
])('the median of %j is %d', (values, expected) => expect(median(values)).toBe(expected));

test('an aim is met at its very value, and missed beyond', () => {
  expect(isMet({ what: '', value: 0.5, aim: { atLeast: 0.5 } })).toBe(true);
  expect(isMet({ what: '', value: 0.49, aim: { atLeast: 0.5 } })).toBe(false);
  expect(isMet({ what: '', value: 2, aim: { atMost: 2 } })).toBe(true);
  expect(isMet({ what: '', value: 2.01, aim: { atMost: 2 } })).toBe(false);
  expect(isMet({ what: '', value: 0 })).toBe(true);
  const [, line] = reportLines([{ what: 'x', value: 0.4, range: [0.3, 0.6], aim: { atLeast: 0.5 } }]);
  expect(line?.split(/ {2,}/)).toEqual(['x', '0.40', '0.30 - 0.60', '>= 0.50', 'MISSED']);
});

test('every scenario has a name of its own, and the help shows it', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  expect(await runBench(['--help'])).toBe(0);
  const names = scenarios.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, description } of scenarios) {
    expect(name).toMatch(/^[a-z-]+$/);
    expect(log.mock.calls[0]?.[0]).toContain(description);
  }
});

test.each([
  [['--seconds', '0'], '--seconds must be from 0.1 to 60.'],
  [['--rounds', '1.5'], '--rounds must be from 1 to 100.'],
  [['--only', 'nothing'], 'There is no scenario nothing.'],
  [['--fast'], "Unknown option '--fast'"],
])('wrong usage %j ends with 2 and measures nothing', async (argv, sentence) => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  expect(await runBench(argv)).toBe(2);
  expect(error.mock.calls[0]?.[0]).toContain(sentence);
  expect(error.mock.calls[0]?.[0]).toContain('Usage: npm run bench');
});
