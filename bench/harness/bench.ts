import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Children, createChildren } from './children.ts';
import { createLoader, type Load, type Loader, type LoadResult } from './load.ts';
import type { Aim, Finding } from './scenario.ts';
import { type Served, startServer } from './servers.ts';
import { median, ratios } from './statistics.ts';

/** Enough for V8 to compile what is hot; by count, as a busy machine does little in a second. */
const warmUpRequests = 2000;
/** By how much what goes on beside a measurement begins earlier and ends later. */
const marginSeconds = 0.3;
/** Fewer in a turn say nothing. */
const minRequests = 20;
const maxTurnSeconds = 30;

/** What takes part in a comparison. */
export interface Contender {
  readonly server: Served;
  readonly load: Omit<Load, 'url'> & { readonly path: string };
  /** Requests that come first and are not measured; 2,000 unless given. Fewer for what takes long. */
  readonly warmUp?: number;
  /** What goes on beside it, and is not measured. */
  readonly meanwhile?: Contender['load'];
}

/** What a contender reached in one round. */
export interface Rate {
  readonly perSecond: number;
  /**
   * Requests for each second of the server's own processor time. On a quiet machine the same as
   * `perSecond`, as a loaded server is always busy; on a shared one, what others take is not counted.
   */
  readonly perCpuSecond: number;
}

/** The contenders' rates, round by round. */
export type Rates<Name extends string> = Record<Name, Rate[]>;

/** What a scenario works with. Everything it starts or writes is gone when the scenario is over. */
export interface Bench {
  /** An empty folder. */
  readonly folder: string;
  readonly children: Children;
  /** Starts a compiled server, by its path in the repository, and waits until it listens. */
  start(file: string, env: Readonly<Record<string, string>>): Promise<Served>;
  /** Measures the contenders in turn, round after round, so that what else the machine does meets all of them. */
  compare<Name extends string>(contenders: Readonly<Record<Name, Contender>>): Promise<Rates<Name>>;
}

/** How long and how often to measure. */
export interface Effort {
  readonly seconds: number;
  readonly rounds: number;
  /** A folder that gets a CPU profile of every server. */
  readonly profileFolder?: string | undefined;
}

/** Runs `work` with a bench of its own and clears up after it, whatever happens. */
export async function withBench<Result>(
  effort: Effort,
  work: (bench: Bench) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const children = createChildren();
  const { profileFolder } = effort;
  const clear = () => rmSync(folder, { recursive: true, force: true });
  // Also when a signal ends this process in the middle; the children end by themselves then.
  process.once('exit', clear);
  try {
    return await work({
      folder,
      children,
      start: (file, env) => startServer({ children, folder, profileFolder }, file, env),
      compare: (contenders) => compare(children, contenders, effort),
    });
  } finally {
    await children.stopAll();
    process.off('exit', clear);
    clear();
  }
}

async function compare<Name extends string>(
  children: Children,
  contenders: Readonly<Record<Name, Contender>>,
  { seconds, rounds }: Effort,
): Promise<Rates<Name>> {
  const names = Object.keys(contenders) as Name[];
  const loaders = { measured: createLoader(children), beside: createLoader(children) };
  const rates = Object.fromEntries(names.map((name) => [name, [] as Rate[]])) as Rates<Name>;
  for (const name of names) {
    const requests = contenders[name].warmUp ?? warmUpRequests;
    await loaders.measured.apply(loadOf(contenders[name]), { requests });
  }
  for (let round = 0; round < rounds; round += 1) {
    // Every other round backwards: whoever comes second must not always be the same.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      rates[name].push(await measure(loaders, contenders[name], seconds));
    }
  }
  return rates;
}

async function measure(
  { measured, beside }: Record<'measured' | 'beside', Loader>,
  contender: Contender,
  seconds: number,
): Promise<Rate> {
  const { server, meanwhile } = contender;
  const longer = { seconds: seconds + 2 * marginSeconds };
  const other = meanwhile && beside.apply(loadOf({ server, load: meanwhile }), longer);
  const problem = other?.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (meanwhile) await sleep(marginSeconds * 1000);
  const before = await server.cpuSeconds();
  const result = await applyUntilAnswered(measured, loadOf(contender), seconds);
  const cpuSeconds = (await server.cpuSeconds()) - before;
  const failed = await problem;
  if (failed) throw failed;
  return { perSecond: result.requests / result.seconds, perCpuSecond: result.requests / cpuSeconds };
}

/** A busy machine may give a server nothing for as long as a turn lasts: then the turn is made longer. */
async function applyUntilAnswered(loader: Loader, load: Load, seconds: number): Promise<LoadResult> {
  const total = { requests: 0, seconds: 0 };
  while (total.requests < minRequests && total.seconds < maxTurnSeconds) {
    const { requests, seconds: took } = await loader.apply(load, { seconds });
    total.requests += requests;
    total.seconds += took;
  }
  if (total.requests === 0) throw new Error(`${load.url} answers nothing.`);
  return total;
}

const loadOf = ({ server, load: { path, ...load } }: Contender): Load => ({
  ...load,
  url: server.url + path,
});

/** How often a contender was as fast as another, as a line of the report. */
export function ratioOf<Name extends string>(
  what: string,
  rates: Rates<Name>,
  [a, b]: readonly [Name, Name],
  { by, aim }: { readonly by: keyof Rate; readonly aim?: Aim },
): Finding {
  const [first, second] = [rates[a].map((rate) => rate[by]), rates[b].map((rate) => rate[by])];
  const each = ratios(first, second);
  return {
    what,
    value: median(each),
    range: [Math.min(...each), Math.max(...each)],
    from: `${Math.round(median(first))} / ${Math.round(median(second))} ${by === 'perSecond' ? '/s' : '/CPU s'}`,
    ...(aim && { aim }),
  };
}
