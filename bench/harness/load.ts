import { answerOf, type Children } from './children.ts';

/** Requests to one URL over some connections, each sending its next as soon as it has its answer. */
export interface Load {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent in turn; none for a GET. */
  readonly bodies?: readonly string[];
  /** Where each body goes, when that is not the URL's own path. */
  readonly paths?: readonly string[];
  /** 10 unless given. */
  readonly connections?: number;
  /** The only status that counts as right; 200 unless given. */
  readonly status?: number;
}

/** When a load ends. */
export type Extent = { readonly seconds: number } | { readonly requests: number };

/** What a load got. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
}

/** What travels to the process that makes the load. */
export type LoadJob = Load & Extent;

/** What travels back: a result, or why there is none. */
export type LoadAnswer = LoadResult | { readonly problem: string };

/** A process that makes load, one after the other. */
export interface Loader {
  /** Throws when a single answer is not the expected one. */
  apply(load: Load, extent: Extent): Promise<LoadResult>;
}

/** How much longer than asked for a load may take before it is given up. */
const patienceSeconds = 180;

/** Starts a process for load. */
export function createLoader(children: Children): Loader {
  const child = children.start('bench/harness/loadChild.js', { role: 'load' });
  return {
    async apply(load, extent) {
      const answered = answerOf(child, ('seconds' in extent ? extent.seconds : 0) + patienceSeconds);
      child.send({ ...load, ...extent } satisfies LoadJob);
      const answer = (await answered) as LoadAnswer;
      if ('problem' in answer) throw new Error(`${load.method ?? 'GET'} ${load.url}: ${answer.problem}`);
      return answer;
    },
  };
}
