import type {
  MemberRole,
  OrganizationStatus,
  Prisma,
  VpnNode,
  VpnPassword,
} from '../../../generated/sqlite/client.ts';
import type { TransferFacts } from '../password/transfer.ts';

/** The running totals of one password, in bytes. */
export interface Totals {
  readonly id: number;
  readonly upload: number;
  readonly download: number;
}

/** One heartbeat on its way into the database. */
export interface HeartbeatRow {
  readonly nodeId: number;
  readonly accountId: string;
  /** The organization that the caller acts for; undefined is the account's own. */
  readonly organizationId: number | undefined;
  /** What is not reported stays. */
  readonly bandwidth: number | undefined;
  readonly bandwidthUsedM: number | undefined;
  readonly instanceStatus: number | undefined;
  readonly totals: readonly Totals[];
}

/** A node that a heartbeat may speak for, by the heartbeat's place in its group. */
export type FoundNode = Pick<
  VpnNode,
  'id' | 'organizationId' | 'bandwidth' | 'state' | 'stateChangedAt' | 'lastHeartbeatAt' | 'expiresAt'
> & { readonly index: number; readonly organizationStatus: OrganizationStatus; readonly role: MemberRole };

/** What the heartbeats of a group say of one node. */
export interface NodeReport {
  readonly id: number;
  readonly bandwidth: number;
  readonly bandwidthUsedM: number | null;
  readonly instanceStatus: number | null;
  /** Whether the node comes up by it. */
  readonly comesUp: boolean;
  /** How many heartbeats, and the sum of their bandwidths. */
  readonly count: number;
  readonly bandwidthSum: number;
}

/** The running totals of one password of one node. */
export interface TotalsReport extends Totals {
  readonly nodeId: number;
}

/** A password as the answer to a heartbeat needs it. */
export type PasswordRow = TransferFacts &
  Pick<VpnPassword, 'id' | 'nodeId' | 'name' | 'sealed' | 'bandwidthLimit' | 'expiresAt'>;

/**
 * The statements of a group of heartbeats, whose number does not depend on the group: the rows travel
 * as one JSON value each. Every engine has its own way to read that.
 */
export interface HeartbeatStatements {
  /** The nodes of the heartbeats, locked until the transaction ends; those whose caller is no member are left out. */
  findNodes(tx: Prisma.TransactionClient, heartbeats: readonly HeartbeatRow[]): Promise<FoundNode[]>;
  updateNodes(tx: Prisma.TransactionClient, reports: readonly NodeReport[], now: Date): Promise<number>;
  /** Raises totals, never lowers them, and notes what they were when `month` began. */
  raiseTotals(tx: Prisma.TransactionClient, totals: readonly TotalsReport[], month: number): Promise<number>;
  addToBuckets(tx: Prisma.TransactionClient, reports: readonly NodeReport[], startsAt: Date): Promise<number>;
  /** The passwords of the nodes that are active and not expired. */
  passwordsOf(tx: Prisma.TransactionClient, nodeIds: readonly number[], now: Date): Promise<PasswordRow[]>;
}
