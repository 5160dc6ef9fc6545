import { renderMail } from '../../../platform/mail/renderMail.ts';
import type { GraphContext } from '../../core/context.ts';
import { pageLink } from '../../core/pageLink.ts';
import { sendMail } from '../../core/sendMail.ts';

/** What a verification mail carries. */
export interface Verification {
  /** The token of the link, or the code. */
  readonly secret: string;
  /** Deletes the account; null where its owner has proven another address before. */
  readonly disownToken: string | null;
}

/** What differs between the mails to a new account and to a new address of an old one. */
function wordsOf({ services }: GraphContext, { disownToken }: Verification) {
  if (disownToken === null) {
    return {
      reason: 'An account was given this address.',
      footer: 'If it was not you, do nothing: the address stays unconfirmed.',
    };
  }
  return {
    reason: 'Somebody, hopefully you, registered this address.',
    otherwise: {
      text: 'If it was not you, this link deletes the account:',
      url: pageLink(services, '/disown-account', { token: disownToken }),
    },
    footer: 'If you do nothing, the address stays unconfirmed.',
  };
}

/** Mails the link that proves an address (Binboi 1.1). */
export function sendVerificationLink(context: GraphContext, email: string, verification: Verification): void {
  const { reason, ...rest } = wordsOf(context, verification);
  const url = pageLink(context.services, '/verify-email', { token: verification.secret, email });
  sendMail(context, {
    to: email,
    subject: 'Confirm your e-mail address',
    ...renderMail({
      title: 'Confirm your e-mail address',
      paragraphs: [
        `${reason} Confirm it to start using the account. The link works once, for 24 hours.`,
        'Confirming ends the sessions and API keys that were made before.',
      ],
      action: { label: 'Confirm the address', url },
      ...rest,
    }),
  });
}

/** Mails the six digits that prove an address (RESTume "verify-email"). */
export function sendVerificationCode(context: GraphContext, email: string, verification: Verification): void {
  const { reason, footer, ...rest } = wordsOf(context, verification);
  sendMail(context, {
    to: email,
    // Without the code: subjects are shown on locked screens and written to the logs of mail servers.
    subject: 'Your confirmation code',
    ...renderMail({
      title: 'Confirm your e-mail address',
      paragraphs: [
        `${reason} This code confirms it. It works once, for 15 minutes; a newer one replaces it.`,
      ],
      code: verification.secret,
      ...rest,
      footer: `${footer} Do not tell anyone the code.`,
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
      action: {
        label: 'Set a new password',
        url: pageLink(context.services, '/reset-password', { token, email }),
      },
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
