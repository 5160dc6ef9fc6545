-- AlterTable
ALTER TABLE "Account" ADD COLUMN "firstProvenAt" DATETIME;
ALTER TABLE "Account" ADD COLUMN "releasedEmail" TEXT;
ALTER TABLE "Account" ADD COLUMN "releasedUserName" TEXT;

-- AlterTable
ALTER TABLE "OneTimeSecret" ADD COLUMN "data" JSONB;

-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN "createdByKeyId" TEXT;

-- CreateTable
CREATE TABLE "AddressChange" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "fromEmail" TEXT NOT NULL,
    "fromVerifiedAt" DATETIME NOT NULL,
    "toEmail" TEXT NOT NULL,
    "undoHash" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" DATETIME NOT NULL,
    "undoneAt" DATETIME,
    CONSTRAINT "AddressChange_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SecurityEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "accountId" TEXT,
    "actorId" TEXT,
    "actorName" TEXT,
    "credentialPrefix" TEXT,
    "address" TEXT,
    "targetType" TEXT NOT NULL,
    "targetId" TEXT,
    "targetName" TEXT,
    "details" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "OwnerNotice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "sender" TEXT,
    "data" JSONB NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dueAt" DATETIME NOT NULL,
    "sentAt" DATETIME,
    CONSTRAINT "OwnerNotice_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "AddressChange_undoHash_key" ON "AddressChange"("undoHash");

-- CreateIndex
CREATE INDEX "AddressChange_accountId_idx" ON "AddressChange"("accountId");

-- CreateIndex
CREATE INDEX "AddressChange_fromEmail_idx" ON "AddressChange"("fromEmail");

-- CreateIndex
CREATE INDEX "SecurityEvent_accountId_id_idx" ON "SecurityEvent"("accountId", "id");

-- CreateIndex
CREATE INDEX "SecurityEvent_actorId_idx" ON "SecurityEvent"("actorId");

-- CreateIndex
CREATE INDEX "SecurityEvent_createdAt_idx" ON "SecurityEvent"("createdAt");

-- CreateIndex
CREATE INDEX "OwnerNotice_accountId_kind_email_idx" ON "OwnerNotice"("accountId", "kind", "email");

-- CreateIndex
CREATE INDEX "OwnerNotice_sentAt_dueAt_idx" ON "OwnerNotice"("sentAt", "dueAt");

-- CreateIndex
CREATE INDEX "Account_releasedEmail_idx" ON "Account"("releasedEmail");

-- CreateIndex
CREATE INDEX "ApiKey_createdByKeyId_idx" ON "ApiKey"("createdByKeyId");

-- Accounts that have proven their address have proven it first then, as far as is known.
UPDATE "Account" SET "firstProvenAt" = "emailVerifiedAt" WHERE "emailVerifiedAt" IS NOT NULL;
