import { Prisma, type SecurityOutcome } from '../../../generated/sqlite/client.ts';
import { afterAnswerMs } from '../../core/background.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
import type { Services } from '../../core/services.ts';
import { type Notice, queueNotice, sendDueNoticesSoon } from './notices.ts';

/** What is recorded of an account's security. The log writes each as `security.<name>`. */
export const securityEventNames = [
  'account_created',
  'account_deleted',
  'account_disowned',
  'account_reactivated',
  'account_suspended',
  'address_change_undone',
  'address_changed',
  'address_proven',
  'administrator_granted',
  'administrator_revoked',
  'deletion_recovered',
  'deletion_requested',
  'identity_linked',
  'identity_unlinked',
  'key_created',
  'key_revoked',
  'member_joined',
  'member_password_reset',
  'member_removed',
  'member_role_changed',
  'password_changed',
  'password_reset',
  'password_reset_requested',
  'plan_changed',
  'session_ended',
  'sessions_ended',
  'signed_in',
  'user_name_changed',
] as const;
export type SecurityEventName = (typeof securityEventNames)[number];

/** An account that an event names. */
interface Named {
  readonly id: string;
  readonly email: string;
}

/** What the events of a request, of the console or of a job are recorded with: a resolver's context, or {@link jobSource}. */
export interface EventSource {
  readonly services: Services;
  readonly caller: Caller | null;
  readonly request: Pick<GraphContext['request'], 'id' | 'mailFrom'> & { readonly address: string | null };
}

/** The source of what the server does by itself, such as erasing the accounts that are due. */
export const jobSource = (services: Services): EventSource => ({
  services,
  caller: null,
  request: { id: 'job', address: null },
});

/** An event, without what the request tells. */
export interface NewSecurityEvent {
  readonly name: SecurityEventName;
  /** SUCCEEDED unless given. */
  readonly outcome?: SecurityOutcome;
  /** The account that it concerns; null for an attempt on an account that does not exist. */
  readonly account: Named | null;
  /** What was changed, where that is not the account itself. */
  readonly target?: { readonly type: string; readonly id: string | null; readonly name: string | null };
  /** Who did it; the caller unless given. Null for a stranger. */
  readonly actor?: Named | null;
  /** Prefix of the credential that it concerns; that of the caller's key unless given. */
  readonly credentialPrefix?: string | null;
  readonly details?: Prisma.InputJsonObject;
}

/** Records the events of one transaction. */
export interface SecurityLog {
  /** Writes an event in the transaction of the change that it reports. */
  record(tx: Prisma.TransactionClient, event: NewSecurityEvent): Promise<void>;
  /** Queues a mail to the owner in the same transaction. */
  notify(tx: Prisma.TransactionClient, notice: Notice): Promise<void>;
  /** Writes the log lines and sends the mails that are due. Call it after the commit. */
  committed(): void;
}

const dayMs = 24 * 3600_000;

type Columns = Prisma.SecurityEventUncheckedCreateInput;

const prefixOf = (caller: Caller | null) =>
  caller?.credential.kind === 'API_KEY' ? caller.credential.prefix : null;

function columnsOf({ caller, request }: EventSource, event: NewSecurityEvent): Columns {
  const { name, outcome = 'SUCCEEDED', account, details, credentialPrefix = prefixOf(caller) } = event;
  const byConsole = caller?.credential.kind === 'OPERATOR';
  const { actor = byConsole ? null : (caller?.account ?? null) } = event;
  const target = event.target ?? { type: 'user', id: account?.id ?? null, name: account?.email ?? null };
  return {
    id: newId(),
    name,
    outcome,
    accountId: account?.id ?? null,
    actorId: actor?.id ?? null,
    actorName: actor?.email ?? (byConsole ? 'console' : null),
    credentialPrefix,
    address: byConsole ? null : request.address,
    targetType: target.type,
    targetId: target.id,
    targetName: target.name,
    ...(details && { details }),
  };
}

/**
 * Begins the record of one transaction's security events. Nothing is logged or mailed of a transaction that was
 * rolled back: make a new one for each attempt.
 */
export function securityLog(source: EventSource): SecurityLog {
  const written: Columns[] = [];
  let hasNotices = false;
  return {
    async record(tx, event) {
      const columns = columnsOf(source, event);
      await tx.securityEvent.create({ data: columns, select: { id: true } });
      written.push(columns);
    },
    async notify(tx, notice) {
      await queueNotice(tx, notice, source.request.mailFrom);
      hasNotices = true;
    },
    committed() {
      const { log } = source.services;
      for (const {
        name,
        outcome,
        accountId,
        actorId,
        credentialPrefix,
        address,
        targetType,
        targetId,
      } of written) {
        const fields = {
          accountId,
          actorId,
          prefix: credentialPrefix,
          address,
          targetType,
          targetId,
          outcome,
        };
        log.info({ event: `security.${name}`, requestId: source.request.id, ...fields }, `security.${name}`);
      }
      written.length = 0;
      if (hasNotices) sendDueNoticesSoon(source.services);
    },
  };
}

/**
 * Records a failed attempt, which belongs to no transaction, after the answer: neither its time nor its outcome may
 * depend on it. The name that was tried is not stored: people type passwords there.
 */
export function recordFailedAttempt(
  context: GraphContext,
  event: Pick<NewSecurityEvent, 'name' | 'account' | 'details'>,
): void {
  const work = async () => {
    const security = securityLog(context);
    await security.record(context.db, { ...event, outcome: 'FAILED' });
    security.committed();
  };
  context.services.background.run('record a failed attempt', work, afterAnswerMs);
}

/**
 * Removes what names a person from the events of an account that is being erased: what happened stays, and to
 * which id. Runs in the transaction of the erasure.
 */
export async function forgetInSecurityEvents(tx: Prisma.TransactionClient, accountId: string): Promise<void> {
  await tx.securityEvent.updateMany({
    where: { accountId },
    data: { address: null, targetName: null, details: Prisma.DbNull },
  });
  await tx.securityEvent.updateMany({
    where: { actorId: accountId },
    data: { actorName: null, address: null },
  });
}

/** Deletes the events that are older than `SECURITY_EVENT_RETENTION_DAYS`. */
export async function purgeOldSecurityEvents({ config, database: { db } }: Services): Promise<void> {
  const before = new Date(Date.now() - config.retention.securityEventDays * dayMs);
  await db.securityEvent.deleteMany({ where: { createdAt: { lt: before } } });
}
