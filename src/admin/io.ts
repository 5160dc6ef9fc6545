import type { Writable } from 'node:stream';

/** Where a command reads and writes. */
export interface Io {
  /** Prints a line of the answer. */
  print(line: string): void;
  /** Prints a line that is not part of the answer: questions, warnings, failures. */
  note(line: string): void;
  readonly streams: Streams;
}

/** The streams below. */
export interface Streams {
  readonly stdin: NodeJS.ReadStream | (NodeJS.ReadableStream & { readonly isTTY?: boolean });
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * Text that a terminal only shows. Strangers choose their own names and addresses: an escape
 * sequence in one could rewrite what the operator sees, or type for them.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd');
}

/** Writes to the streams; every line is made printable. */
export function createIo(streams: Streams): Io {
  const write = (stream: Writable) => (line: string) => void stream.write(`${printable(line)}\n`);
  return { print: write(streams.stdout), note: write(streams.stderr), streams };
}

/** Rows as lines with aligned columns. */
export function alignRows(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A moment as lists show it, to the minute; `-` for none. */
export const moment = (time: string | null): string => (time ? `${time.slice(0, 16)}Z` : '-');
