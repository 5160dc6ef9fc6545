import { escapeHtml } from './escapeHtml.ts';

/** A page that a mailed link leads to, with one button. */
export interface LinkPage {
  readonly path: string;
  readonly title: string;
  /** What the button does, in paragraphs. */
  readonly question: readonly string[];
  readonly button: string;
  /** Takes `$token` and nothing else. */
  readonly mutation: string;
  readonly doneTitle: string;
  readonly done: readonly string[];
  /** What is shown for an error by its code, where the words for all pages do not say enough. */
  readonly rejections?: Readonly<Record<string, { readonly title: string; readonly reason: string }>>;
}

const gracePeriodOver = { title: 'This link has expired', reason: 'The grace period is over.' };

/** The pages whose button only needs the token of the link. */
export const linkPages: readonly LinkPage[] = [
  {
    path: '/undo-address-change',
    title: 'Undo the change of your address',
    question: [
      'Your account gets back the e-mail address that this link was mailed to.',
      'Everyone who is signed in is signed out, and the API keys that were created since the change end.',
    ],
    button: 'Undo the change',
    mutation:
      'mutation UndoAddressChange($token: String!) { undoAddressChange(input: { token: $token }) { email } }',
    doneTitle: 'Your account has its address back',
    done: [
      'You can sign in with it again. If the password was changed in the meantime, it does not work any more: ask for a new one when you sign in.',
      'Look through your API keys too, and revoke those that you do not know.',
    ],
  },
  {
    path: '/disown-account',
    title: 'Delete an account that is not yours',
    question: [
      'Someone registered an account with your e-mail address, and the address was never confirmed.',
      'With the button you delete this account for good. Your address is free again.',
    ],
    button: 'Delete the account',
    mutation:
      'mutation DisownAccount($token: String!) { disownAccount(input: { token: $token }) { deletedAccountId } }',
    doneTitle: 'The account is deleted',
    done: ['There is no account with your address any more. You can register one yourself.'],
  },
  {
    path: '/review-members',
    title: 'Remove the people from your locations',
    question: [
      'The mail with this link lists people who joined locations of your account before its address was confirmed.',
      'With the button you remove all of them. To remove only some, leave this page and do it in your locations.',
    ],
    button: 'Remove all of them',
    mutation:
      'mutation RemoveReviewedMembers($token: String!) { removeReviewedMembers(input: { token: $token }) { removedCount } }',
    doneTitle: 'They are removed',
    done: ['The people from the mail do not belong to your locations any more.'],
  },
  {
    path: '/restore-account',
    title: 'Restore your account',
    question: [
      'The deletion of your account was requested. With the button you take it back, and everything in it stays.',
    ],
    button: 'Restore the account',
    mutation:
      'mutation RestoreAccount($token: String!) { restoreAccount(input: { token: $token }) { restoredAccountId } }',
    doneTitle: 'The account is restored',
    done: [
      'You can sign in again. If you did not request the deletion yourself, ask for a new password when you sign in.',
    ],
    rejections: {
      SECRET_INVALID: {
        title: 'This link does not work',
        reason:
          'It was used before, or a newer mail has replaced it. If the account is restored already, sign in.',
      },
      SECRET_EXPIRED: gracePeriodOver,
      ACCOUNT_DELETION_DUE: gracePeriodOver,
      EMAIL_TAKEN: {
        title: 'The address has another account',
        reason:
          'An account was registered with the address since. The old one can be restored once that is deleted.',
      },
    },
  },
  {
    path: '/unlink-identity',
    title: 'Undo a linked sign-in method',
    question: [
      'With the button you unlink the sign-in method from your account. All sessions end, and the API keys that were created since are revoked.',
    ],
    button: 'Unlink it',
    mutation:
      'mutation UndoIdentityLink($token: String!) { undoIdentityLink(input: { token: $token }) { accountId } }',
    doneTitle: 'The sign-in method is unlinked',
    done: ['All sessions have ended. Sign in with your password, or ask for a new one.'],
    rejections: {
      SECRET_EXPIRED: {
        title: 'This link has expired',
        reason: 'A link works for seven days. Sign in and unlink the method in your account.',
      },
    },
  },
];

const paragraphs = (texts: readonly string[]) =>
  texts.map((text) => `        <p>${escapeHtml(text)}</p>`).join('\n');

/** The HTML of a page, out of the template of all. */
export function renderLinkPage(template: string, page: LinkPage): string {
  const parts: Readonly<Record<string, string>> = {
    title: escapeHtml(page.title),
    question: paragraphs(page.question),
    mutation: escapeHtml(page.mutation),
    rejections: escapeHtml(JSON.stringify(page.rejections ?? {})),
    button: escapeHtml(page.button),
    doneTitle: escapeHtml(page.doneTitle),
    done: paragraphs(page.done),
  };
  return template.replace(/\[\[(\w+)\]\]/g, (mark, name: string) => parts[name] ?? mark);
}
