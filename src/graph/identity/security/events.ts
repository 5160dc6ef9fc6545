import { Prisma, type SecurityOutcome } from '../../../generated/sqlite/client.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { newId } from '../../core/newId.ts';
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

type Columns = Prisma.SecurityEventUncheckedCreateInput;

const prefixOf = (caller: Caller | null) =>
  caller?.credential.kind === 'API_KEY' ? caller.credential.prefix : null;

function columnsOf({ caller, request }: GraphContext, event: NewSecurityEvent): Columns {
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
    actorName: actor?.email ?? null,
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
export function securityLog(context: GraphContext): SecurityLog {
  const written: Columns[] = [];
  let hasNotices = false;
  return {
    async record(tx, event) {
      const columns = columnsOf(context, event);
      await tx.securityEvent.create({ data: columns, select: { id: true } });
      written.push(columns);
    },
    async notify(tx, notice) {
      await queueNotice(tx, notice, context.request.mailFrom);
      hasNotices = true;
    },
    committed() {
      const { log } = context.services;
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
        log.info({ event: `security.${name}`, requestId: context.request.id, ...fields }, `security.${name}`);
      }
      written.length = 0;
      if (hasNotices) sendDueNoticesSoon(context.services);
    },
  };
}

/** Records an event that belongs to no transaction, such as a failed attempt to sign in. */
export async function recordSecurityEvent(context: GraphContext, event: NewSecurityEvent): Promise<void> {
  const security = securityLog(context);
  await security.record(context.db, event);
  security.committed();
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
