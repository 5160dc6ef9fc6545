import type { ExportSection } from '../../core/exportData.ts';

/** What identity keeps of an account: the account itself and what it signs in with, without hashes and tokens. */
export function identitySections(accountId: string): readonly ExportSection[] {
  return [
    {
      name: 'account',
      count: (db) => db.account.count({ where: { id: accountId } }),
      rows: (db, { where, ...page }) =>
        db.account.findMany({
          ...page,
          where: { AND: [where, { id: accountId }] },
          select: {
            id: true,
            email: true,
            emailVerifiedAt: true,
            userName: true,
            name: true,
            plan: true,
            planSource: true,
            administrator: true,
            active: true,
            activeLocationId: true,
            deletionRequestedAt: true,
            deletionScheduledAt: true,
            createdAt: true,
            updatedAt: true,
          },
        }),
    },
    {
      name: 'linkedIdentities',
      count: (db) => db.linkedIdentity.count({ where: { accountId } }),
      rows: (db, { where, ...page }) =>
        db.linkedIdentity.findMany({
          ...page,
          where: { ...where, accountId },
          select: { id: true, provider: true, email: true, createdAt: true },
        }),
    },
    {
      name: 'apiKeys',
      count: (db) => db.apiKey.count({ where: { accountId } }),
      rows: (db, { where, ...page }) =>
        db.apiKey.findMany({
          ...page,
          where: { ...where, accountId },
          select: {
            id: true,
            format: true,
            name: true,
            prefix: true,
            createdAt: true,
            lastUsedAt: true,
            revokedAt: true,
            organizationId: true,
          },
        }),
    },
    {
      name: 'sessions',
      count: (db) => db.session.count({ where: { accountId } }),
      rows: (db, { where, ...page }) =>
        db.session.findMany({
          ...page,
          where: { ...where, accountId },
          select: {
            id: true,
            kind: true,
            address: true,
            userAgent: true,
            createdAt: true,
            expiresAt: true,
            endedAt: true,
          },
        }),
    },
    {
      name: 'invitations',
      count: (db) => db.invitation.count({ where: { createdById: accountId } }),
      rows: (db, { where, ...page }) =>
        db.invitation.findMany({
          ...page,
          where: { ...where, createdById: accountId },
          select: { id: true, createdAt: true, expiresAt: true, usedAt: true },
        }),
    },
  ];
}
