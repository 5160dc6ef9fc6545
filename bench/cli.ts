import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Effort, withBench } from './harness/bench.ts';
import { canPin } from './harness/children.ts';
import { isMet, reportLines } from './harness/report.ts';
import type { Finding, Scenario } from './harness/scenario.ts';
import { scenarios } from './scenarios.ts';

interface Wishes extends Effort {
  readonly only: readonly Scenario[];
  readonly check: boolean;
}

const usage = [
  'Usage: npm run bench -- [--seconds N] [--rounds N] [--only NAME]… [--check] [--profile FOLDER]',
  '',
  '  --seconds N       how long each measurement lasts; 0.5 unless given',
  '  --rounds N        how often each is repeated, in turn with the others; 15 unless given',
  '  --only NAME       only this scenario; may be repeated',
  '  --check           exit with 1 when an aim is missed',
  '  --profile FOLDER  keep a CPU profile of every server there, for Chrome DevTools',
  '',
  ...scenarios.map(({ name, description }) => `  ${name.padEnd(12)} ${description}`),
].join('\n');

/** Runs the benchmark and prints its table; answers 0, 1 (failed, or an aim missed under `--check`) or 2 (usage). */
export async function runBench(argv: readonly string[]): Promise<0 | 1 | 2> {
  const wishes = parse(argv);
  if (typeof wishes === 'string') {
    console.error(`${wishes}\n\n${usage}`);
    return 2;
  }
  if (!wishes) {
    console.log(usage);
    return 0;
  }
  if (!canPin)
    console.error('Nothing keeps server and load apart here (taskset, two cores): ratios will say less.');
  const findings: Finding[] = [];
  for (const scenario of wishes.only) {
    console.error(`${scenario.name}: ${scenario.description}`);
    findings.push(...(await withBench(wishes, (bench) => scenario.run(bench))));
  }
  console.log(`\n${reportLines(findings).join('\n')}`);
  return wishes.check && !findings.every(isMet) ? 1 : 0;
}

/** What was asked for, a sentence on what is wrong with it, or null for the help. */
function parse(argv: readonly string[]): Wishes | string | null {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        seconds: { type: 'string', default: '0.5' },
        rounds: { type: 'string', default: '15' },
        only: { type: 'string', multiple: true },
        check: { type: 'boolean', default: false },
        profile: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return null;
    const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
    if (!(seconds >= 0.1 && seconds <= 60)) return '--seconds must be from 0.1 to 60.';
    if (!(Number.isInteger(rounds) && rounds >= 1 && rounds <= 100)) return '--rounds must be from 1 to 100.';
    const unknown = values.only?.find((name) => !scenarios.some((scenario) => scenario.name === name));
    if (unknown) return `There is no scenario ${unknown}.`;
    const only = scenarios.filter(({ name }) => values.only?.includes(name) ?? true);
    const profileFolder = values.profile && resolve(process.env.INIT_CWD ?? '.', values.profile);
    return { seconds, rounds, only, check: values.check, profileFolder };
  } catch (error) {
    return (error as Error).message;
  }
}
