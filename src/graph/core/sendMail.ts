import { isIPv4 } from 'node:net';
import type { Mail } from '../../platform/mail/mailer.ts';
import type { GraphContext } from './context.ts';

/** Sends a mail that a request causes, from the address that belongs to the API which was called. */
export function sendMail({ services, request }: GraphContext, mail: Omit<Mail, 'from'>): void {
  services.mailer.send({ ...mail, from: request.mailFrom ?? `noreply@${mailHost(request.publicUrl())}` });
}

/** The host of a URL as the domain of an address; an IP address stands in brackets there (RFC 5321, 4.1.3). */
function mailHost(url: string): string {
  const { hostname } = new URL(url);
  if (isIPv4(hostname)) return `[${hostname}]`;
  return hostname.replace(/^\[/, '[IPv6:');
}
