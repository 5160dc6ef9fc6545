import type { Prisma } from '../../../generated/sqlite/client.ts';
import { newId } from '../../core/newId.ts';
import type { Services } from '../../core/services.ts';
import { type NoticeData, type NoticeKind, renderNotice } from './noticeMails.ts';

/** A mail to the owner of an account about its security. */
export type Notice<Kind extends NoticeKind = NoticeKind> = {
  readonly [K in Kind]: {
    readonly kind: K;
    readonly accountId: string;
    /** Who is written to; the old address after a change. */
    readonly email: string;
    readonly data: NoticeData[K];
  };
}[Kind];

const hourMs = 3600_000;
const perRun = 100;
/** How long a notice that was sent is kept, to know when the next one of its kind may go out. */
const keptMs = 24 * hourMs;

/**
 * Queues a notice in the transaction of what it reports. At most one mail of a kind goes to an address in an hour: what
 * comes within it waits, and is told together in the next mail.
 */
export async function queueNotice(
  tx: Prisma.TransactionClient,
  { kind, accountId, email, data }: Notice,
  sender: string | undefined,
): Promise<void> {
  const now = new Date();
  const last = await tx.ownerNotice.findFirst({
    where: { accountId, kind, email, dueAt: { gt: new Date(now.getTime() - hourMs) } },
    orderBy: { dueAt: 'desc' },
    select: { dueAt: true, sentAt: true },
  });
  // One that is not sent yet takes this one along.
  const waits = last && (last.sentAt ? new Date(last.dueAt.getTime() + hourMs) : last.dueAt);
  await tx.ownerNotice.create({
    data: {
      id: newId(),
      accountId,
      kind,
      email,
      sender: sender ?? null,
      data: data as Prisma.InputJsonObject,
      dueAt: waits ?? now,
    },
    select: { id: true },
  });
}

/** Sends the notices that are due, each group of one account, kind and address as one mail. Several instances may run it at once. */
export async function sendDueNotices(services: Services): Promise<void> {
  const { db } = services.database;
  const due = await db.ownerNotice.findMany({
    where: { sentAt: null, dueAt: { lte: new Date() } },
    orderBy: { id: 'asc' },
    take: perRun,
  });
  const groups = new Map<string, typeof due>();
  for (const notice of due) {
    const key = JSON.stringify([notice.accountId, notice.kind, notice.email]);
    groups.set(key, [...(groups.get(key) ?? []), notice]);
  }
  for (const group of groups.values()) {
    const ids = group.map(({ id }) => id);
    const sent = await db.$transaction(async (tx) => {
      const { count } = await tx.ownerNotice.updateMany({
        where: { id: { in: ids }, sentAt: null },
        data: { sentAt: new Date() },
      });
      // Another instance was first.
      if (count !== ids.length) return undefined;
      const [{ accountId, kind, email, sender }] = group as [(typeof group)[0]];
      const all = group.map(({ data }) => data);
      return {
        from: sender ?? `noreply@${services.site.mailHost()}`,
        to: email,
        ...(await renderNotice(services, tx, { accountId, kind: kind as NoticeKind, all })),
      };
    });
    if (sent) services.mailer.send(sent);
  }
  if (due.length === perRun) sendDueNoticesSoon(services);
}

/** Sends what is due after the answer. */
export function sendDueNoticesSoon(services: Services): void {
  services.background.run('send security notices', () => sendDueNotices(services));
}

/** Deletes notices that were sent a day ago. */
export async function purgeSentNotices({ database: { db } }: Services): Promise<void> {
  await db.ownerNotice.deleteMany({ where: { sentAt: { lt: new Date(Date.now() - keptMs) } } });
}
