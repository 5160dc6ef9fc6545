import { type Bindings, type DestinationStream, type LogFn, type Logger, pino } from 'pino';
import type { Config } from '../../config/config.ts';
import { standardOutput } from './output.ts';
import { prettyOutput } from './pretty.ts';
import { redact } from './redaction.ts';

/** The process' log, on standard output unless told otherwise: text for people on a terminal, else lines of JSON. */
export type Log = Logger;

/** Makes the log; what looks like a secret is replaced wherever it is (see `redaction.ts`). */
export function createLog(
  config: Pick<Config, 'logLevel'> & Partial<Pick<Config, 'logFormat'>>,
  destination: DestinationStream = standardOutput(),
  isTerminal = destination === standardOutput() && process.stdout.isTTY === true,
): Log {
  const { logFormat = isTerminal ? 'pretty' : 'json' } = config;
  const options = {
    level: config.logLevel,
    base: { pid: process.pid },
    // Errors are plain objects by then.
    serializers: { err: (err: unknown) => err },
    hooks: {
      logMethod(this: Logger, args: Parameters<LogFn>, method: LogFn) {
        method.apply(this, withMessage(args).map(redact) as Parameters<LogFn>);
      },
    },
  };
  const log = pino(options, logFormat === 'pretty' ? prettyOutput(destination, isTerminal) : destination);
  const makeChild = log.child;
  // pino has no hook for the fields of a child log; children inherit this one.
  log.child = function child(this: Logger, bindings: Bindings, childOptions?: object) {
    return makeChild.call(this, redact(bindings) as Bindings, childOptions);
  } as typeof log.child;
  return log;
}

/** Does what pino would do with an error as the first argument, which it no longer is once it is redacted. */
function withMessage(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  if (first instanceof Error) return withMessage([{ err: first }, ...rest]);
  const err = typeof first === 'object' && first !== null && 'err' in first ? first.err : undefined;
  return rest.length === 0 && err instanceof Error ? [first, err.message] : [first, ...rest];
}
