import type { Prisma } from '../../../generated/sqlite/client.ts';
import { type MailContent, type RenderedMail, renderMail } from '../../../platform/mail/renderMail.ts';
import type { Services } from '../../core/services.ts';
import {
  type AddressChanged,
  type AddressChangeUndone,
  addressChanged,
  addressChangeUndone,
} from './addressMails.ts';
import { type MembersToReview, membersToReview } from './reviewMail.ts';

/** What the owner of an account is told, by kind, and what each mail needs to know. */
export interface NoticeData {
  key_created: { readonly name: string; readonly prefix: string; readonly byKey: string | null };
  password_changed: { readonly first: boolean };
  address_changed: AddressChanged;
  address_change_undone: AddressChangeUndone;
  members_to_review: MembersToReview;
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
  address_changed: addressChanged,
  address_change_undone: addressChangeUndone,
  members_to_review: membersToReview,
};

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
