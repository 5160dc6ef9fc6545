import { DomainError } from '../../../errors/domainError.ts';
import type { Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';

/** Throws NOT_FOUND unless the node is one of the organization's. */
export async function assertNode(db: PrismaClient, nodeId: number, organizationId: number): Promise<void> {
  const count = await db.vpnNode.count({ where: { id: nodeId, organizationId } });
  if (count === 0) throw new DomainError('NOT_FOUND');
}

/**
 * Makes transactions that count and then write for one node take turns; see `lockAccount`.
 * Throws NOT_FOUND unless the node is one of the organization's.
 */
export async function lockNode(
  tx: Prisma.TransactionClient,
  nodeId: number,
  organizationId: number,
): Promise<void> {
  const count = await tx.$executeRaw`
    UPDATE "VpnNode" SET "lockSequence" = "lockSequence" + 1
    WHERE "id" = ${nodeId} AND "organizationId" = ${organizationId}`;
  if (count === 0) throw new DomainError('NOT_FOUND');
}
