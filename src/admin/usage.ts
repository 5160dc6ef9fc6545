import type { Command } from './command.ts';
import { alignRows } from './io.ts';

const invocation = 'npm run admin --';

/** How an argument is shown: `EMAIL`, but a choice such as `true|false` as it is typed. */
export const placeholder = (arg: string): string => (arg.includes('|') ? arg : arg.toUpperCase());

/** The form of a command, such as `set-plan EMAIL PLAN`. */
function formOf({ name, args = [], optionalArgs = [], options = {} }: Command): string {
  const required = Object.entries(options).filter(([, option]) => option.required);
  const isMore = required.length < Object.keys(options).length;
  return [
    name,
    ...args.map(placeholder),
    ...optionalArgs.map((arg) => `[${placeholder(arg)}]`),
    ...required.map(([option, { value }]) => `--${option} ${value}`),
    ...(isMore ? ['[…]'] : []),
  ].join(' ');
}

/** The help of one command. */
export function helpFor(command: Command): string[] {
  const options = Object.entries(command.options ?? {}).map(([name, { value, about, required }]) => [
    `  --${name}${value ? ` ${value}` : ''}`,
    required ? `${about} (required)` : about,
  ]);
  return [
    `Usage: ${invocation} ${formOf(command)}`,
    '',
    `${command.summary}.`,
    ...(command.details ? ['', ...command.details.split('\n')] : []),
    ...(options.length > 0 ? ['', ...alignRows(options)] : []),
  ];
}

/** The help over all commands. */
export function helpForAll(commands: readonly Command[]): string[] {
  return [
    `Usage: ${invocation} COMMAND …`,
    '',
    'For the person who runs the server. It reads the same environment as the server (DATABASE_URL,',
    'DATA_DIR, REDIS_URL) and works beside it: running servers go by every change at once.',
    '',
    ...alignRows(commands.map((command) => [`  ${formOf(command)}`, command.summary])),
    '',
    `${invocation} help COMMAND tells more. Exit codes: 0 done, 1 failed, 2 wrong usage.`,
  ];
}
