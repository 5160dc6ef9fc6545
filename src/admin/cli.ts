import { parseConfig } from '../config/config.ts';
import { DomainError } from '../errors/domainError.ts';
import { createLog } from '../platform/log/log.ts';
import type { Command } from './command.ts';
import { commands } from './commands/index.ts';
import { UsageError } from './failures.ts';
import { createIo, type Io, type Streams } from './io.ts';
import { createOperatorGraph } from './operatorGraph.ts';
import { parseCommandLine } from './parse.ts';
import { helpFor, helpForAll } from './usage.ts';

/** 0 done, 1 failed, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** What the command line stands in. */
export interface Surroundings extends Streams {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative file names start from. */
  readonly folder: string;
}

/** Runs one command line, without the program's name; never throws. */
export async function runAdmin(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const io = createIo(surroundings);
  try {
    const [name, ...rest] = argv;
    if (name === undefined) throw new UsageError('There is no command.');
    if (name === 'help' || name === '--help') help(io, rest);
    else await runCommand(find(name), rest, surroundings, io);
    return 0;
  } catch (error) {
    for (const line of describe(error)) io.note(line);
    if (!(error instanceof UsageError)) return 1;
    io.note('');
    const known = commands.find(({ name }) => name === argv[0]);
    for (const line of known ? helpFor(known) : helpForAll(commands)) io.note(line);
    return 2;
  }
}

async function runCommand(command: Command, argv: readonly string[], surroundings: Surroundings, io: Io) {
  const parsed = parseCommandLine(command, argv);
  if (parsed === 'help') return help(io, [command.name]);
  const { env, folder, stderr } = surroundings;
  const config = parseConfig(env);
  const isTerminal = 'isTTY' in stderr && stderr.isTTY === true;
  const log = createLog({ logLevel: 'warn', logFormat: config.logFormat }, stderr, isTerminal);
  const graph = createOperatorGraph(config, log);
  try {
    await command.run({ ...parsed, graph, config, io, folder });
  } finally {
    await graph.close();
  }
}

function find(name: string): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) throw new UsageError('There is no such command.');
  return command;
}

function help(io: Io, [name]: readonly string[]): void {
  for (const line of name === undefined ? helpForAll(commands) : helpFor(find(name))) io.print(line);
}

/** What went wrong, for the person who runs the server: unlike a caller, they may know the cause. */
function describe(error: unknown): string[] {
  if (!(error instanceof DomainError)) return [error instanceof Error ? error.message : String(error)];
  const { issues, cause } = error.details;
  if (issues) return issues.map(({ path, message }) => `${path.join('.')} ${message}.`);
  return [error.message, ...(error.code === 'INTERNAL' && cause instanceof Error ? [cause.message] : [])];
}
