import type { OrganizationInvitation } from '../../../generated/sqlite/client.ts';
import { renderMail } from '../../../platform/mail/renderMail.ts';
import type { GraphContext } from '../../core/context.ts';
import { sendMail } from '../../core/sendMail.ts';

/** Mails the token with which its reader becomes a member. The name is its owner's text, so it stands in quotes. */
export function sendInvitation(
  context: GraphContext,
  { email, role }: OrganizationInvitation,
  organizationName: string,
  token: string,
): void {
  sendMail(context, {
    to: email,
    subject: 'You are invited to an organization',
    ...renderMail({
      title: 'You are invited to an organization',
      paragraphs: [
        `You may join the VPN organization “${organizationName}” as ${role.toLowerCase()}.`,
        'Sign in with an account of this very address and run the GraphQL mutation acceptOrganizationInvitation with this token, once, within seven days:',
        token,
      ],
      footer: 'If you do not know what this is about, do nothing.',
    }),
  });
}
