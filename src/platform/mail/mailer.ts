import type { Config } from '../../config/config.ts';
import type { Log } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { type ComposedMail, composeMail, type Mail, maskAddress } from './message.ts';
import { createOutbox } from './outbox.ts';
import { createRetryQueue } from './queue.ts';
import { createSmtp } from './smtp.ts';

export type { Mail } from './message.ts';
export { type MailContent, type RenderedMail, renderMail } from './renderMail.ts';

/** Sends mails in the background. */
export interface Mailer {
  /** Takes the mail and returns at once; never throws. A mail that cannot be delivered is logged and dropped. */
  send(mail: Mail): void;
  /** Asks the SMTP server whether it would take mails, and logs a warning when it would not; never throws. */
  check(): Promise<void>;
  /** Waits until no mail is pending, at most `timeoutMs`, without the pauses between tries; then ends the mailer. */
  drain(timeoutMs: number): Promise<void>;
  /** Mails taken and neither delivered nor dropped. */
  pending(): number;
}

/** What a mailer needs; the numbers are for tests. */
export interface MailerOptions {
  readonly config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir'>;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, 'mailOutcome'> | undefined;
  readonly maxPending?: number;
  readonly maxTries?: number;
  readonly firstPauseMs?: number;
}

const MAX_PENDING = 1000;
const MAX_TRIES = 5;
const FIRST_PAUSE_MS = 1000;
const SMTP_CONNECTIONS = 4;

/** Makes the mailer of a process: SMTP when SMTP_URL is set, else files in DATA_DIR/outbox. */
export function createMailer(options: MailerOptions): Mailer {
  const { config, log, metrics, maxTries = MAX_TRIES } = options;
  const isForFile = config.smtpUrl === undefined;
  const host = config.smtpUrl && new URL(config.smtpUrl).host;
  const delivery = config.smtpUrl === undefined ? createOutbox(config.dataDir) : createSmtp(config.smtpUrl);
  const queue = createRetryQueue<ComposedMail>({
    attempt,
    // Files are written one after the other, so that their names sort as they were sent.
    concurrency: isForFile ? 1 : SMTP_CONNECTIONS,
    maxPending: options.maxPending ?? MAX_PENDING,
    firstPauseMs: options.firstPauseMs ?? FIRST_PAUSE_MS,
  });

  async function attempt(mail: ComposedMail, tries: number): Promise<'done' | 'again'> {
    const to = maskAddress(mail.to.address);
    try {
      const { file } = await delivery.deliver(mail);
      metrics?.mailOutcome.inc({ outcome: 'delivered' });
      log.info({ to, file, tries }, file === undefined ? 'mail delivered' : 'mail written to a file');
      return 'done';
    } catch (error) {
      const failure = describeFailure(error, host);
      if (tries < maxTries && !failure.isFinal) {
        metrics?.mailOutcome.inc({ outcome: 'retried' });
        log.warn({ to, tries, reason: failure.reason }, 'mail failed, will be tried again');
        return 'again';
      }
      metrics?.mailOutcome.inc({ outcome: 'failed' });
      log.error({ to, tries, reason: failure.reason }, 'mail failed and is dropped');
      return 'done';
    }
  }

  return {
    send(mail) {
      const composed = composeMail(mail, config.mailFrom ?? mail.from, isForFile);
      if (composed !== undefined && queue.add(composed)) return;
      const outcome = composed === undefined ? 'refused' : 'overflow';
      metrics?.mailOutcome.inc({ outcome });
      log.error({ to: maskAddress(mail.to), outcome }, 'mail dropped');
    },
    async check() {
      try {
        await delivery.check();
      } catch (error) {
        log.warn(`${describeFailure(error, host).reason}; mails wait and are tried again, ${maxTries} times`);
      }
    },
    pending: queue.pending,
    async drain(timeoutMs) {
      await queue.drain(timeoutMs);
      if (queue.pending() > 0) log.error({ mails: queue.pending() }, 'mails lost when the server stopped');
      delivery.close();
    },
  };
}

/** What nodemailer's codes mean to an operator; completes "SMTP_URL: <host> …". */
const unreachable: Readonly<Record<string, string>> = {
  ESOCKET: 'cannot be reached',
  ECONNECTION: 'cannot be reached',
  ETIMEDOUT: 'does not answer',
  EDNS: 'is an unknown host',
  EAUTH: 'refuses user or password',
};

/** Names the failure without the server's words, which often repeat the recipient's address. */
function describeFailure(error: unknown, host = ''): { reason: string; isFinal: boolean } {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  const status = typeof responseCode === 'number' ? responseCode : 0;
  const words = [code, status || undefined].filter((part) => part !== undefined).join(' ') || 'unknown';
  const problem = unreachable[String(code)];
  // 5xx is the server's word for "do not try this again".
  return { reason: problem ? `SMTP_URL: ${host} ${problem} (${words})` : words, isFinal: status >= 500 };
}
