import { randomBytes } from 'node:crypto';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { MailContent } from '../../../platform/mail/renderMail.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';
import { pageLink } from '../../core/pageLink.ts';
import type { Services } from '../../core/services.ts';

/** A change of an account's address. */
export interface AddressChanged {
  readonly toEmail: string;
  readonly changeId: string;
}

/** A change that was undone. */
export interface AddressChangeUndone {
  readonly isPasswordWithdrawn: boolean;
}

/**
 * To the old address: what changed, and the way to undo it. The oldest change that can be undone is offered, because
 * undoing it cancels the later ones.
 */
export async function addressChanged(
  all: readonly AddressChanged[],
  services: Services,
  tx: Prisma.TransactionClient,
): Promise<MailContent> {
  const content = {
    title: 'The address of your account was changed',
    paragraphs: all.map(({ toEmail }) => `Your account has another e-mail address now: ${toEmail}.`),
    footer: 'If it was you, do nothing.',
  };
  const change = await tx.addressChange.findFirst({
    where: {
      id: { in: all.map(({ changeId }) => changeId) },
      undoneAt: null,
      expiresAt: { gt: new Date() },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  if (!change) return content;
  const token = randomBytes(24).toString('hex');
  await tx.addressChange.update({
    where: { id: change.id },
    data: { undoHash: sha256Hex(token) },
    select: { id: true },
  });
  return {
    ...content,
    paragraphs: [
      ...content.paragraphs,
      'If it was not you, undo it. Your account gets this address back, and everyone who is signed in is signed out. The link works once, for seven days.',
    ],
    action: { label: 'Undo the change', url: pageLink(services, '/undo-address-change', { token }) },
  };
}

/** To the address that an account has again. */
export function addressChangeUndone(all: readonly AddressChangeUndone[], services: Services): MailContent {
  const isPasswordWithdrawn = all.some((each) => each.isPasswordWithdrawn);
  return {
    title: 'Your account has its address back',
    paragraphs: [
      'The change of its e-mail address was undone. All sessions have ended, and so have the API keys that were created since the change.',
      isPasswordWithdrawn
        ? 'The password was changed in the meantime, so it does not work any more. Ask for a new one.'
        : 'If someone else may know your password, ask for a new one.',
    ],
    action: { label: 'Ask for a new password', url: pageLink(services, '/reset-password') },
    footer: 'Look through your API keys too, and revoke those that you do not know.',
  };
}
