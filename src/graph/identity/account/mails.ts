import { renderMail } from '../../../platform/mail/renderMail.ts';
import type { GraphContext } from '../../core/context.ts';
import { sendMail } from '../../core/sendMail.ts';

function link(context: GraphContext, path: string, token: string, email: string): string {
  // Appended, not resolved: PUBLIC_URL may have a path of its own.
  const url = new URL(`${context.services.site.url()}${path}`);
  url.search = new URLSearchParams({ token, email }).toString();
  return url.href;
}

/** Mails the link that proves an address (Binboi 1.1). */
export function sendVerificationLink(context: GraphContext, email: string, token: string): void {
  sendMail(context, {
    to: email,
    subject: 'Confirm your e-mail address',
    ...renderMail({
      title: 'Confirm your e-mail address',
      paragraphs: [
        'Somebody, hopefully you, registered this address. Confirm it to start using the account. The link works once, for 24 hours.',
      ],
      action: { label: 'Confirm the address', url: link(context, '/verify-email', token, email) },
      footer: 'If it was not you, do nothing: the address stays unconfirmed.',
    }),
  });
}

/** Mails the six digits that prove an address (RESTume "verify-email"). */
export function sendVerificationCode(context: GraphContext, email: string, code: string): void {
  sendMail(context, {
    to: email,
    // Without the code: subjects are shown on locked screens and written to the logs of mail servers.
    subject: 'Your confirmation code',
    ...renderMail({
      title: 'Confirm your e-mail address',
      paragraphs: [
        'Somebody, hopefully you, registered this address. This code confirms it. It works once, for 15 minutes; a newer one replaces it.',
      ],
      code,
      footer: 'If it was not you, do nothing, and tell the code to nobody who asks for it.',
    }),
  });
}

const lives = { HALF_HOUR: '30 minutes', TWO_HOURS: '2 hours' } as const;

/** Mails the link that lets the owner of an address set a new password. */
export function sendPasswordReset(
  context: GraphContext,
  email: string,
  token: string,
  life: keyof typeof lives,
): void {
  sendMail(context, {
    to: email,
    subject: 'Set a new password',
    ...renderMail({
      title: 'Set a new password',
      paragraphs: [
        `Somebody asked for a new password for this account. The link works once, for ${lives[life]}.`,
      ],
      action: { label: 'Set a new password', url: link(context, '/reset-password', token, email) },
      footer: 'If it was not you, do nothing: the old password goes on working.',
    }),
  });
}

/** Tells the owner of an address that the account was deleted at once: nothing is left that a queued mail could wait for. */
export function sendAccountDeleted(context: GraphContext, email: string): void {
  sendMail(context, {
    to: email,
    subject: 'Your account was deleted',
    ...renderMail({
      title: 'Your account was deleted',
      paragraphs: [
        'The deletion of your account was requested, and it was deleted at once with everything in it.',
      ],
      footer: 'If it was not you, write to the administrator of this server.',
    }),
  });
}
