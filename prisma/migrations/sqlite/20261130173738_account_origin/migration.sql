-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Account" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "emailVerifiedAt" DATETIME,
    "firstProvenAt" DATETIME,
    "userName" TEXT,
    "userNameKey" TEXT,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT,
    "plan" TEXT NOT NULL DEFAULT 'FREE',
    "planSource" TEXT NOT NULL DEFAULT 'DEFAULT',
    "origin" TEXT NOT NULL DEFAULT 'STANDARD',
    "administrator" BOOLEAN NOT NULL DEFAULT false,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "tokenVersion" INTEGER NOT NULL DEFAULT 0,
    "lockSequence" INTEGER NOT NULL DEFAULT 0,
    "activeLocationId" TEXT,
    "deletionRequestedAt" DATETIME,
    "deletionScheduledAt" DATETIME,
    "releasedEmail" TEXT,
    "releasedUserName" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Account_activeLocationId_fkey" FOREIGN KEY ("activeLocationId") REFERENCES "Location" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
INSERT INTO "new_Account" ("active", "activeLocationId", "administrator", "createdAt", "deletionRequestedAt", "deletionScheduledAt", "email", "emailVerifiedAt", "firstProvenAt", "id", "lockSequence", "name", "passwordHash", "plan", "planSource", "releasedEmail", "releasedUserName", "tokenVersion", "updatedAt", "userName", "userNameKey") SELECT "active", "activeLocationId", "administrator", "createdAt", "deletionRequestedAt", "deletionScheduledAt", "email", "emailVerifiedAt", "firstProvenAt", "id", "lockSequence", "name", "passwordHash", "plan", "planSource", "releasedEmail", "releasedUserName", "tokenVersion", "updatedAt", "userName", "userNameKey" FROM "Account";
DROP TABLE "Account";
ALTER TABLE "new_Account" RENAME TO "Account";
CREATE UNIQUE INDEX "Account_email_key" ON "Account"("email");
CREATE UNIQUE INDEX "Account_userNameKey_key" ON "Account"("userNameKey");
CREATE INDEX "Account_deletionScheduledAt_idx" ON "Account"("deletionScheduledAt");
CREATE INDEX "Account_activeLocationId_idx" ON "Account"("activeLocationId");
CREATE INDEX "Account_releasedEmail_idx" ON "Account"("releasedEmail");
CREATE TABLE "new_Organization" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "ownerId" TEXT,
    "name" TEXT NOT NULL,
    "contactEmail" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "lockSequence" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Organization_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Organization" ("contactEmail", "createdAt", "id", "lockSequence", "name", "ownerId", "status", "updatedAt") SELECT "contactEmail", "createdAt", "id", "lockSequence", "name", "ownerId", "status", "updatedAt" FROM "Organization";
DROP TABLE "Organization";
ALTER TABLE "new_Organization" RENAME TO "Organization";
CREATE UNIQUE INDEX "Organization_ownerId_key" ON "Organization"("ownerId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
