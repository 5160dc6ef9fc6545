import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Failure, UsageError } from './failures.ts';
import type { Io } from './io.ts';

/** More than any password may have; a file piped in by mistake need not be read to its end. */
const maxBytes = 8192;

/**
 * A password that shows nowhere: asked for twice without an echo on a terminal, otherwise all of
 * standard input without the line break at its end. Throws UsageError when there is none.
 */
export function readPassword(io: Io): Promise<string> {
  return io.streams.stdin.isTTY ? ask(io) : readAll(io);
}

async function ask(io: Io): Promise<string> {
  const { stdin, stderr } = io.streams;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 });
  reader.on('SIGINT', () => reader.close());
  const lines = reader[Symbol.asyncIterator]();
  const line = async (question: string) => {
    stderr.write(question);
    const { value, done } = await lines.next();
    stderr.write('\n');
    if (done || value === '') throw new Failure('No password was given; nothing was changed.');
    return value;
  };
  try {
    const password = await line('Password: ');
    if ((await line('Once more: ')) !== password)
      throw new Failure('The two passwords differ; nothing was changed.');
    return password;
  } finally {
    reader.close();
  }
}

async function readAll({ streams: { stdin } }: Io): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > maxBytes) throw new UsageError('What stands on standard input is too long for a password.');
  }
  const password = decode(Buffer.concat(chunks)).replace(/\r?\n$/, '');
  if (password === '') throw new UsageError('There is no password: pipe one in, or use a terminal.');
  if (/[\r\n]/.test(password)) throw new UsageError('The password on standard input must be a single line.');
  return password;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError('The password on standard input must be UTF-8.');
  }
}
