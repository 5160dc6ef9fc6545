import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { MailContent } from '../../../platform/mail/renderMail.ts';
import type { OthersMembership } from '../../core/lifecycle.ts';
import { pageLink } from '../../core/pageLink.ts';
import type { Services } from '../../core/services.ts';
import { issueLongSecret } from '../secret/oneTimeSecrets.ts';

/** Who belonged to what an account administers when its address was proven. */
export interface MembersToReview {
  readonly members: readonly (OthersMembership & Prisma.InputJsonObject)[];
}

const maxListed = 50;
const longestPlace = 60;

/** To an owner who has just proven the address: who belongs to what the account administers. */
export async function membersToReview(
  all: readonly MembersToReview[],
  services: Services,
  tx: Prisma.TransactionClient,
  accountId: string,
): Promise<MailContent> {
  const members = all.flatMap((each) => each.members);
  const token = await issueLongSecret(tx, accountId, 'REVIEW_MEMBERS', {
    data: { memberships: members.map(({ id }) => id) },
  });
  const listed = members.slice(0, maxListed);
  const rest = members.length - listed.length;
  return {
    title: 'Who belongs to your locations',
    paragraphs: [
      'Your address is confirmed. These people joined locations that your account administers before that:',
      ...listed.map(
        ({ email, role, place }) =>
          `${email}, ${role.toLowerCase()} of "${[...place].slice(0, longestPlace).join('')}"`,
      ),
      ...(rest > 0 ? [`and ${rest} more.`] : []),
      'If you know them, do nothing. If you did not let them in, remove all of them. The link works once, for seven days.',
    ],
    action: { label: 'Remove them', url: pageLink(services, '/review-members', { token }) },
    footer: 'You can also remove single members in your locations.',
  };
}
