import type { Mail } from '../../platform/mail/mailer.ts';
import type { GraphContext } from './context.ts';

/** Sends a mail that a request causes, from the address that belongs to the API which was called. */
export function sendMail({ services, request }: GraphContext, mail: Omit<Mail, 'from'>): void {
  const { mailer, site } = services;
  mailer.send({ ...mail, from: request.mailFrom ?? `noreply@${site.mailHost()}` });
}
