import { Prisma } from '../../../generated/sqlite/client.ts';
import { randomBase62 } from '../../../platform/secrets/tokens.ts';
import type { FirstProof } from '../../core/lifecycle.ts';
import { shareCodeLength } from '../password/rules.ts';
import { lockOwn } from './lockOrganization.ts';

const perStatement = 500;

/** Gives all passwords of an organization new share codes; returns how many. */
async function replaceShareCodes(tx: Prisma.TransactionClient, ownerId: string): Promise<number> {
  const all = await tx.vpnPassword.findMany({
    where: { node: { organization: { ownerId } } },
    select: { id: true },
  });
  for (let at = 0; at < all.length; at += perStatement) {
    const codes = all
      .slice(at, at + perStatement)
      .map(({ id }) => Prisma.sql`(CAST(${id} AS INTEGER), CAST(${randomBase62(shareCodeLength)} AS TEXT))`);
    await tx.$executeRaw`
      UPDATE "VpnPassword" SET "shareCode" = fresh."column2"
      FROM (VALUES ${Prisma.join(codes)}) AS fresh WHERE "VpnPassword"."id" = fresh."column1"`;
  }
  return all.length;
}

/**
 * Ends, in the organization that an account owns, what others have there since before the address of its owner was
 * proven: it changed hands, or was only typed. Invitations, memberships with the keys that act by them, and share codes.
 */
export async function endBeforeProof(tx: Prisma.TransactionClient, ownerId: string): Promise<FirstProof> {
  await lockOwn(tx, ownerId);
  const own = { organization: { ownerId } };
  const others = { ...own, accountId: { not: ownerId } };
  const invitations = await tx.organizationInvitation.deleteMany({ where: own });
  const members = await tx.organizationMember.findMany({ where: others, select: { accountId: true } });
  await tx.organizationMember.deleteMany({ where: others });
  const keys = await tx.apiKey.updateManyAndReturn({
    where: { ...others, revokedAt: null },
    data: { revokedAt: new Date() },
    select: { accountId: true },
  });
  return {
    ended: {
      vpnInvitations: invitations.count,
      vpnMembers: members.length,
      vpnShareCodes: await replaceShareCodes(tx, ownerId),
    },
    changed: [...new Set([...members, ...keys].map(({ accountId }) => accountId))],
  };
}
