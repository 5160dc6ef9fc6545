import { type DestinationStream, levels, pino, symbols } from 'pino';

/** By how much a line may come late. */
const gatherMs = 100;
/** From here on lines are written without waiting for others. */
const gatherBytes = 8192;
/** What is kept for a disk that is full; more is dropped. */
const keptBytes = 1_000_000;

/** What pino tells a destination that asks for it. */
export interface Destination extends DestinationStream {
  lastLevel: number;
  /** Writes what was gathered; `log.flush()` calls it. */
  flush(): void;
}

/**
 * A file, by its name or descriptor, for lines of the log. To write each by itself costs several times what
 * making it costs, so they are gathered for a moment; warnings and errors, which may be the last words of
 * the process, are written at once with all before them.
 */
export function createOutput(file: number | string): Destination {
  const stream = pino.destination({ dest: file, sync: true, minLength: gatherBytes, maxLength: keptBytes });
  let timer: NodeJS.Timeout | undefined;
  // That nobody reads any more, or that the disk is full, is no reason to end the service.
  let broken = false;
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    broken = code === 'EPIPE';
  });

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!broken) stream.flush();
  }
  process.once('exit', flush);

  const output: Destination = {
    lastLevel: levels.values.info as number,
    flush,
    write(line) {
      if (broken) return;
      stream.write(line);
      if (output.lastLevel >= (levels.values.warn as number)) flush();
      else timer ??= setTimeout(flush, gatherMs).unref();
    },
  };
  return Object.assign(output, { [symbols.needsMetadataGsym]: true });
}

let standard: Destination | undefined;

/** Standard output, of which a process has one however many logs it makes. */
export function standardOutput(): Destination {
  standard ??= createOutput(1);
  return standard;
}
