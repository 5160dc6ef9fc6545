import { DomainError } from '../../../errors/domainError.ts';
import type { Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import { sha256Hex } from '../../../platform/secrets/tokens.ts';

/** Uses up an invitation while registration is by invitation; throws INVITATION_INVALID without a live one. */
export async function redeemInvitation(
  tx: Prisma.TransactionClient,
  mode: 'open' | 'invite' | 'closed',
  code: string | null | undefined,
): Promise<void> {
  if (mode !== 'invite') return;
  const now = new Date();
  const { count } = await tx.invitation.updateMany({
    where: { hash: sha256Hex((code ?? '').trim()), usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (count !== 1) throw new DomainError('INVITATION_INVALID');
}

/** Whether {@link redeemInvitation} would take the code now. */
export async function isInvitationUsable(db: PrismaClient, code: string): Promise<boolean> {
  const where = { hash: sha256Hex(code.trim()), usedAt: null, expiresAt: { gt: new Date() } };
  return (await db.invitation.count({ where })) > 0;
}
