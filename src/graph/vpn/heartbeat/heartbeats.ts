import type { Config } from '../../../config/config.ts';
import { DomainError, notFound } from '../../../errors/domainError.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import type { Database } from '../../../platform/database/database.ts';
import type { Reading } from '../node/effectiveStatus.ts';
import type { NodeChanges } from '../node/nodeChanges.ts';
import { readingNow } from '../node/view.ts';
import { isTransferUsedUp, monthOf } from '../password/transfer.ts';
import type { PasswordVault } from '../password/vault.ts';
import { createGroupCommit } from './groupCommit.ts';
import { acceptsPasswords, type GroupWrites, writesOf } from './groupWrites.ts';
import type { FoundNode, HeartbeatRow, HeartbeatStatements, PasswordRow } from './heartbeatRow.ts';
import { postgresqlStatements } from './postgresqlStatements.ts';
import { bucketStart, historyStart } from './rules.ts';
import { sqliteStatements } from './sqliteStatements.ts';

/** A password that a node must accept now. */
export interface AcceptedPassword {
  readonly id: number;
  readonly name: string;
  readonly password: string;
  /** MB a second. */
  readonly bandwidthLimit: number;
  readonly expiresAt: Date | null;
}

/** Takes heartbeats in. */
export interface Heartbeats {
  /**
   * Stores a heartbeat; answers the passwords that may connect now. It is committed when this resolves.
   * Throws NOT_FOUND for a node that is not the organization's, FORBIDDEN for a viewer, OVERLOADED.
   */
  record(heartbeat: HeartbeatRow): Promise<readonly AcceptedPassword[]>;
}

function byNode(rows: readonly PasswordRow[]): ReadonlyMap<number, readonly PasswordRow[]> {
  const groups = new Map<number, PasswordRow[]>();
  for (const row of rows) {
    const group = groups.get(row.nodeId);
    if (group) group.push(row);
    else groups.set(row.nodeId, [row]);
  }
  return groups;
}

interface Parts {
  readonly config: Config;
  readonly database: Database;
  readonly vault: PasswordVault;
  readonly nodeChanges: NodeChanges;
}

/** Heartbeats that arrive together share one transaction of seven statements at most, whatever their number. */
export function createHeartbeats({ config, database, vault, nodeChanges }: Parts): Heartbeats {
  const statements: HeartbeatStatements =
    database.engine === 'sqlite' ? sqliteStatements : postgresqlStatements;

  /** Writes what a group comes to, and reads the passwords of its nodes, as they are after that. */
  async function store(tx: Prisma.TransactionClient, writes: GroupWrites, now: Date): Promise<PasswordRow[]> {
    const { reports, totals, newBuckets, asking } = writes;
    if (reports.length === 0) return [];
    await statements.updateNodes(tx, reports, now);
    if (totals.length > 0) await statements.raiseTotals(tx, totals, monthOf(now));
    await statements.addToBuckets(tx, reports, bucketStart(now));
    if (newBuckets.length > 0) {
      const old = { nodeId: { in: [...newBuckets] }, startsAt: { lt: historyStart(now) } };
      await tx.vpnHeartbeatBucket.deleteMany({ where: old });
    }
    return asking.length > 0 ? statements.passwordsOf(tx, asking, now) : [];
  }

  function open({ id, nodeId, name, sealed, bandwidthLimit, expiresAt }: PasswordRow): AcceptedPassword {
    return { id, name, password: vault.open(nodeId, sealed), bandwidthLimit, expiresAt };
  }

  function answer(node: FoundNode | undefined, rows: readonly PasswordRow[], reading: Reading) {
    if (!node) return notFound('Node');
    if (node.role === 'VIEWER') return new DomainError('FORBIDDEN');
    if (!acceptsPasswords(node, reading)) return [];
    const now = new Date(reading.nowMs);
    try {
      return rows.filter((row) => !isTransferUsedUp(row, now)).map(open);
    } catch (cause) {
      // A password that does not open, because the secret was changed, spoils its own node's answer only.
      return new DomainError('INTERNAL', { cause });
    }
  }

  async function commit(heartbeats: readonly HeartbeatRow[]) {
    const reading = readingNow(config);
    const now = new Date(reading.nowMs);
    const { found, writes, rows } = await database.db.$transaction(async (tx) => {
      const found = new Map(
        (await statements.findNodes(tx, heartbeats)).map((node) => [Number(node.index), node]),
      );
      const writes = writesOf(heartbeats, found, reading);
      return { found, writes, rows: await store(tx, writes, now) };
    });
    for (const [organizationId, nodeIds] of writes.risen) void nodeChanges.publish(organizationId, nodeIds);
    const rowsByNode = byNode(rows);
    return heartbeats.map(({ nodeId }, index) =>
      answer(found.get(index), rowsByNode.get(nodeId) ?? [], reading),
    );
  }

  const group = createGroupCommit<HeartbeatRow, readonly AcceptedPassword[]>({
    commit,
    gatherMs: 4,
    maxGroup: 200,
    maxWaiting: 5000,
  });
  return { record: (heartbeat) => group.add(heartbeat) };
}
