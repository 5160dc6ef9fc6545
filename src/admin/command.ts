import type { Config } from '../config/config.ts';
import type { Io } from './io.ts';
import type { OperatorGraph } from './operatorGraph.ts';

/** An option of a command, for `parseArgs` and for the help. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** How the help names its value, such as `ADDRESS`. */
  readonly value?: string;
  readonly about: string;
  readonly required?: true;
}

type Options = Readonly<Record<string, Option>>;

/** The options as they were given; a required one is never missing. */
type Given<O extends Options> = {
  readonly [Name in keyof O]: O[Name]['type'] extends 'boolean'
    ? boolean | undefined
    : O[Name] extends { required: true }
      ? string
      : string | undefined;
};

/** What every command gets to do its work with. */
interface Tools {
  readonly graph: OperatorGraph;
  readonly config: Config;
  readonly io: Io;
  /** The folder that relative file names start from. */
  readonly folder: string;
}

/** One call of a command. */
interface Call<Arg extends string, Optional extends string, O extends Options> extends Tools {
  readonly args: Readonly<Record<Arg, string> & Partial<Record<Optional, string>>>;
  readonly options: Given<O>;
}

interface Definition<Arg extends string, Optional extends string, O extends Options> {
  readonly name: string;
  readonly summary: string;
  /** Longer help, for `help COMMAND`. */
  readonly details?: string;
  /** Names of what must be given, in order. */
  readonly args?: readonly Arg[];
  /** Names of what may follow. */
  readonly optionalArgs?: readonly Optional[];
  readonly options?: O;
  /** Throws UsageError, Failure, or what the graph throws. */
  run(call: Call<Arg, Optional, O>): Promise<void>;
}

/** A command line, understood. */
export interface Parsed {
  readonly args: Record<string, string>;
  readonly options: Record<string, string | boolean | undefined>;
}

/** A command with its types worn off. */
export interface Command extends Omit<Definition<string, string, Options>, 'run'> {
  run(call: Tools & Parsed): Promise<void>;
}

/** Declares a command; `run` sees exactly the arguments and options that it declares. */
export function command<
  const Arg extends string = never,
  const Optional extends string = never,
  const O extends Options = Record<never, never>,
>(definition: Definition<Arg, Optional, O>): Command {
  return definition as unknown as Command;
}
