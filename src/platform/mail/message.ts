import { composePart } from './part.ts';

/** A mail to one person. */
export interface Mail {
  /** The sender, unless MAIL_FROM names one for all mails. */
  readonly from: string;
  /** A bare address, `user@host`. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** True for exactly one bare address, in characters that need no quotes; any other is not mailed to. */
export const isMailable = (address: string): boolean => ADDRESS.test(address);

const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,255}$/u;
const MAX_SUBJECT_LENGTH = 200;

/**
 * The fields for nodemailer, or undefined when `to` is not exactly one bare address: a comma, a line break or angle
 * brackets in it would add recipients or headers.
 */
export function composeMail(mail: Mail, from: string, isForFile: boolean) {
  if (!isMailable(mail.to)) return undefined;
  return {
    from,
    to: { name: '', address: mail.to },
    subject: flattenSubject(mail.subject),
    text: composePart('text/plain', mail.text, isForFile),
    html: composePart('text/html', mail.html, isForFile),
    // Mail of a machine: no out-of-office answers to it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What `composeMail` makes. */
export type ComposedMail = NonNullable<ReturnType<typeof composeMail>>;

/** The address for a log: `a***@example.com`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '***' : `${address.slice(0, 1)}***${address.slice(at).replace(/[\p{Cc}\s]/gu, '')}`;
}

/** A line break in a subject would start a header of the sender's choice. */
function flattenSubject(subject: string): string {
  return subject
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, MAX_SUBJECT_LENGTH);
}

/** A way for a mail to leave. */
export interface Delivery {
  /** Rejects when it failed; `file` names the file that was written. */
  deliver(mail: ComposedMail): Promise<{ readonly file?: string }>;
  /** Rejects when no mail could be delivered now. */
  check(): Promise<void>;
  close(): void;
}
