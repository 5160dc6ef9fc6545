import { createTransport } from 'nodemailer';
import type { Delivery } from './message.ts';

const TIMEOUT_MS = 10_000;

/** Delivers to an SMTP server; a server that is silent for ten seconds has failed. */
export function createSmtp(smtpUrl: string): Delivery {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    dnsTimeout: TIMEOUT_MS,
  });
  return {
    async deliver(mail) {
      await transport.sendMail(mail);
      return {};
    },
    check: async () => void (await transport.verify()),
    close: () => transport.close(),
  };
}
