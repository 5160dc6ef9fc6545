import { parseArgs } from 'node:util';
import type { Command, Parsed } from './command.ts';
import { UsageError } from './failures.ts';
import { placeholder } from './usage.ts';

/** Reads what follows a command's name; `help` when that is what was asked for. Throws UsageError, never with a value in it: one may be a password. */
export function parseCommandLine(command: Command, argv: readonly string[]): Parsed | 'help' {
  const { args: required = [], optionalArgs = [], options: known = {} } = command;
  const { values, positionals } = parse(command, argv);
  const { help, ...options } = values;
  if (help) return 'help';
  const missingArg = required[positionals.length];
  if (missingArg) throw new UsageError(`${placeholder(missingArg)} is missing.`);
  const names = [...required, ...optionalArgs];
  if (positionals.length > names.length) throw new UsageError('There is an argument too many.');
  for (const [name, { required: isRequired }] of Object.entries(known)) {
    if (isRequired && options[name] === undefined) throw new UsageError(`--${name} is missing.`);
  }
  const args = Object.fromEntries(positionals.map((value, index) => [names[index], value]));
  return { args, options };
}

function parse({ options = {} }: Command, argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { ...options, help: { type: 'boolean' } },
    }) as { values: Record<string, string | boolean | undefined>; positionals: string[] };
  } catch (error) {
    // Its first sentence says what is wrong; the rest is advice on dashes.
    const [sentence] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence?.replace(/\.$/, '')}.`);
  }
}
