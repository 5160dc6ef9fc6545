import { createRequire } from 'node:module';
import { type DestinationStream, symbols } from 'pino';
import type * as PinoPretty from 'pino-pretty';
import type { Destination } from './output.ts';

const require = createRequire(import.meta.url);

/** Writes pino's lines as text for people, such as `[16:31:20] INFO: request {"status":200}`; on a terminal with colors. */
export function prettyOutput(
  destination: DestinationStream & Partial<Pick<Destination, 'flush'>>,
  colorize: boolean,
): DestinationStream {
  // Loaded here: most servers write to a file or a pipe, and need none of it.
  const { prettyFactory } = require('pino-pretty') as typeof PinoPretty;
  const prettify = prettyFactory({
    colorize,
    ignore: 'pid',
    translateTime: 'SYS:HH:MM:ss',
    singleLine: true,
  });
  const output = {
    write: (line: string) => destination.write(prettify(line)),
    flush: () => destination.flush?.(),
    // pino tells the level of a line before it writes it; the destination writes a warning at once.
    set lastLevel(level: number) {
      Object.assign(destination, { lastLevel: level });
    },
    [symbols.needsMetadataGsym]: true,
  };
  return output;
}
