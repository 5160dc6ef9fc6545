import type { Prisma } from '../../../generated/sqlite/client.ts';
import { type MailContent, type RenderedMail, renderMail } from '../../../platform/mail/renderMail.ts';
import type { Services } from '../../core/services.ts';
import { issueEndKeys } from '../apiKey/endKeysSecret.ts';
import { issueLongSecret } from '../secret/oneTimeSecrets.ts';
import {
  type AddressChanged,
  type AddressChangeUndone,
  addressChanged,
  addressChangeUndone,
} from './addressMails.ts';
import { mailedLink } from './mailedLink.ts';
import { type MembersToReview, membersToReview } from './reviewMail.ts';

/** What the owner of an account is told, by kind, and what each mail needs to know. */
export interface NoticeData {
  account_suspended: { readonly suspended: boolean };
  /** ISO 8601. */
  deletion_requested: { readonly scheduledAt: string };
  identity_linked: { readonly provider: string; readonly email: string };
  identity_unlinked: { readonly provider: string; readonly email: string };
  key_created: { readonly name: string; readonly prefix: string; readonly byKey: string | null };
  member_password_reset: { readonly location: string; readonly administrator: string };
  password_changed: { readonly first: boolean };
  /** A key revoked another one, or itself, and the keys that it had created live on. */
  keys_left: { readonly name: string; readonly prefix: string; readonly keyIds: readonly string[] };
  address_changed: AddressChanged;
  address_change_undone: AddressChangeUndone;
  members_to_review: MembersToReview;
  password_reset: Readonly<Record<string, never>>;
}
export type NoticeKind = keyof NoticeData;

/** One mail out of all notices of a kind that are due. */
interface Due {
  readonly accountId: string;
  readonly kind: NoticeKind;
  readonly all: readonly unknown[];
}

type Write<Kind extends NoticeKind> = (
  all: readonly NoticeData[Kind][],
  services: Services,
  tx: Prisma.TransactionClient,
  accountId: string,
) => Promise<MailContent> | MailContent;

const footer =
  'If it was not you, set a new password, revoke all keys, and write to whoever runs this server.';

/** The mails. Links are created when a mail is sent, in the transaction that marks it as sent, so that no secret waits in the queue. */
const mails: { readonly [Kind in NoticeKind]: Write<Kind> } = {
  account_suspended: (all) => {
    const suspended = all.at(-1)?.suspended ?? true;
    return {
      title: suspended ? 'Your account was suspended' : 'Your account is active again',
      paragraphs: [
        suspended
          ? 'An administrator of this server suspended your account. Its sign-ins, sessions and keys are refused meanwhile; nothing of it is lost.'
          : 'An administrator of this server reactivated your account. Its sign-ins, sessions and keys work again.',
      ],
    };
  },
  deletion_requested: async (all, services, tx, accountId) => {
    const scheduledAt = new Date(all.at(-1)?.scheduledAt ?? Date.now());
    const options = { expiresAt: scheduledAt };
    const token = await issueLongSecret(tx, accountId, 'RESTORE_ACCOUNT', options);
    return {
      title: 'The deletion of your account was requested',
      paragraphs: [
        `Its sessions have ended. Everything in it is deleted after ${dayOf(scheduledAt)}.`,
        'Until then this link restores it, unless another account has taken its address by then.',
      ],
      action: { label: 'Restore the account', url: mailedLink(services, '/restore-account', token) },
      footer: 'If it was not you, restore the account and set a new password.',
    };
  },
  identity_linked: async (all, services, tx, accountId) => {
    const token = await issueLongSecret(tx, accountId, 'UNLINK_IDENTITY');
    return {
      title: 'A sign-in method was linked to your account',
      paragraphs: all.map(({ provider, email }) => `${provider} signs in to your account now, as ${email}.`),
      action: { label: 'Undo this', url: mailedLink(services, '/unlink-identity', token) },
      footer:
        'If it was not you, undo it with the link, which works for seven days: it ends the sessions and keys that began since.',
    };
  },
  identity_unlinked: (all) => ({
    title: 'A sign-in method was removed from your account',
    paragraphs: all.map(
      ({ provider, email }) => `${provider} no longer signs in to your account as ${email}.`,
    ),
    footer,
  }),
  member_password_reset: (all) => ({
    title: 'A new password can be set for your account',
    paragraphs: all.map(
      ({ location, administrator }) =>
        `${administrator}, an administrator of the location "${location}", created a token with which a new password can be set for your account. It works once, for two hours.`,
    ),
    footer:
      'If you did not ask for it, confirm your e-mail address: after that, nobody else is given a way to set your password.',
  }),
  key_created: (all) => ({
    title: all.length === 1 ? 'A new API key' : `${all.length} new API keys`,
    paragraphs: all.map(({ name, prefix, byKey }) =>
      byKey
        ? `The key "${name}" (${prefix}…) was created by the key ${byKey}….`
        : `The key "${name}" (${prefix}…) was created.`,
    ),
    footer,
  }),
  password_changed: (all) => ({
    title: all[0]?.first ? 'A password was set' : 'Your password was changed',
    paragraphs: [
      all[0]?.first
        ? 'Your account has a password now. It signs in with the address and the password.'
        : 'The password of your account was changed, and all sessions were ended.',
    ],
    footer,
  }),
  keys_left: async (all, services, tx, accountId) => {
    const keyIds = all.flatMap((notice) => notice.keyIds);
    const token = await issueEndKeys(tx, accountId, keyIds);
    const left = await tx.apiKey.findMany({
      where: { accountId, id: { in: keyIds }, revokedAt: null },
      select: { name: true, prefix: true },
      orderBy: { id: 'asc' },
    });
    return {
      title: 'Keys that a revoked key created',
      paragraphs: [
        ...all.map(
          ({ name, prefix }) =>
            `The key "${name}" (${prefix}…) was revoked by an API key, not by a signed-in person. The keys that it created still work.`,
        ),
        `They are: ${left.map(({ name, prefix }) => `"${name}" (${prefix}…)`).join(', ') || 'revoked by now'}.`,
        'If you do not know them, end them all with this link. It works once, for seven days.',
      ],
      action: { label: 'End these keys', url: mailedLink(services, '/end-keys', token) },
      footer,
    };
  },
  address_changed: addressChanged,
  address_change_undone: addressChangeUndone,
  members_to_review: membersToReview,
  password_reset: () => ({
    title: 'Your password was reset',
    paragraphs: [
      'A new password was set for your account with a link or token, and all sessions were ended.',
    ],
    footer,
  }),
};

/** A day as people read it, in UTC. */
const dayOf = (date: Date) =>
  date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Renders the mail for all notices of one kind. May create secrets for its links, in `tx`. */
export async function renderNotice(
  services: Services,
  tx: Prisma.TransactionClient,
  { accountId, kind, all }: Due,
): Promise<RenderedMail & { readonly subject: string }> {
  const write = mails[kind] as unknown as Write<NoticeKind>;
  const content = await write(all as readonly NoticeData[NoticeKind][], services, tx, accountId);
  return { subject: content.title, ...renderMail(content) };
}
