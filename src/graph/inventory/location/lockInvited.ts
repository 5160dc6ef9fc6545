import { notFound } from '../../../errors/domainError.ts';
import { type Location, Prisma } from '../../../generated/sqlite/client.ts';

/**
 * The location that an invite code leads to, in its turn like `lockLocationKeepingVersion`: it is neither deleted nor
 * given to somebody else before the end of the transaction. Throws NOT_FOUND when no location has the
 * code, also when it had it a moment ago.
 */
export async function lockInvited(tx: Prisma.TransactionClient, inviteCode: string): Promise<Location> {
  await tx.$executeRaw(Prisma.sql`
    UPDATE "Location" SET "lockSequence" = "lockSequence" WHERE "inviteCode" = ${inviteCode}`);
  const location = await tx.location.findUnique({ where: { inviteCode } });
  if (!location) throw notFound('Invitation');
  return location;
}
