import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { SMTPServer } from 'smtp-server';
import type { Log } from '../../../src/platform/log/log.ts';

/** A mail as a server got it. */
export interface Received {
  readonly from: string;
  readonly to: string[];
  readonly raw: string;
}

/** A mail server on this machine. */
export interface Postbox {
  readonly url: string;
  readonly received: Received[];
  /** How many mails were begun, also those refused. */
  tries(): number;
  close(): Promise<void>;
}

/** Starts a mail server; `refuse` names the answer to the n-th mail (from 1), if it is not to be taken. */
export async function openPostbox(
  refuse: (n: number) => number | undefined = () => undefined,
): Promise<Postbox> {
  const received: Received[] = [];
  let tries = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom(_address, _session, done) {
      tries += 1;
      const responseCode = refuse(tries);
      done(
        responseCode === undefined
          ? null
          : Object.assign(new Error('not now <ada@example.com>'), { responseCode }),
      );
    },
    onData(stream, session, done) {
      let raw = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        raw += text;
      });
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw,
        });
        done();
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    tries: () => tries,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A log whose lines can be read. */
export function openLog(): { log: Log; lines(): string } {
  let text = '';
  const log = pino(
    { level: 'trace' },
    {
      write(line: string) {
        text += line;
      },
    },
  );
  return { log, lines: () => text };
}

/** A data folder that does not exist yet. */
export function anyDataDir(): string {
  return join(mkdtempSync(join(tmpdir(), 'latchkey-mail-')), 'data');
}

/** A mail with things in it that must not be logged. */
export const mail = {
  from: 'latchkey@example.com',
  to: 'ada@example.com',
  subject: 'Confirm your address',
  text: 'Your code is 424242.\nhttps://example.com/verify?token=s3cr3t-t0k3n\n',
  html: '<p>Your code is <b>424242</b>. <a href="https://example.com/verify?token=s3cr3t-t0k3n">Confirm</a></p>',
};

/** What a log tells although only the recipient may know it. */
export function findLeaks(lines: string): string[] {
  return ['424242', 's3cr3t', 'ada@example.com', 'verify'].filter((secret) => lines.includes(secret));
}
