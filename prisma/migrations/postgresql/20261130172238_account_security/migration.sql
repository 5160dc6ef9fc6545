-- CreateEnum
CREATE TYPE "SecurityOutcome" AS ENUM ('SUCCEEDED', 'FAILED');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "SecretPurpose" ADD VALUE 'DISOWN_ACCOUNT';
ALTER TYPE "SecretPurpose" ADD VALUE 'END_KEYS';
ALTER TYPE "SecretPurpose" ADD VALUE 'REVIEW_MEMBERS';
ALTER TYPE "SecretPurpose" ADD VALUE 'UNLINK_IDENTITY';
ALTER TYPE "SecretPurpose" ADD VALUE 'RESTORE_ACCOUNT';

-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "firstProvenAt" TIMESTAMP(3),
ADD COLUMN     "releasedEmail" TEXT,
ADD COLUMN     "releasedUserName" TEXT;

-- AlterTable
ALTER TABLE "OneTimeSecret" ADD COLUMN     "data" JSONB;

-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "createdByKeyId" TEXT;

-- CreateTable
CREATE TABLE "AddressChange" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "fromEmail" TEXT NOT NULL,
    "fromVerifiedAt" TIMESTAMP(3) NOT NULL,
    "toEmail" TEXT NOT NULL,
    "undoHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "undoneAt" TIMESTAMP(3),

    CONSTRAINT "AddressChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SecurityEvent" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "outcome" "SecurityOutcome" NOT NULL,
    "accountId" TEXT,
    "actorId" TEXT,
    "actorName" TEXT,
    "credentialPrefix" TEXT,
    "address" TEXT,
    "targetType" TEXT NOT NULL,
    "targetId" TEXT,
    "targetName" TEXT,
    "details" JSONB,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SecurityEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OwnerNotice" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "sender" TEXT,
    "data" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "sentAt" TIMESTAMP(3),

    CONSTRAINT "OwnerNotice_pkey" PRIMARY KEY ("id")
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

-- AddForeignKey
ALTER TABLE "AddressChange" ADD CONSTRAINT "AddressChange_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OwnerNotice" ADD CONSTRAINT "OwnerNotice_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Accounts that have proven their address have proven it first then, as far as is known.
UPDATE "Account" SET "firstProvenAt" = "emailVerifiedAt" WHERE "emailVerifiedAt" IS NOT NULL;
