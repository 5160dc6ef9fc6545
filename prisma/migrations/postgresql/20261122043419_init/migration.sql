-- CreateEnum
CREATE TYPE "Plan" AS ENUM ('FREE', 'PRO', 'SCALE');

-- CreateEnum
CREATE TYPE "PlanSource" AS ENUM ('DEFAULT', 'GRANTED', 'BILLING');

-- CreateEnum
CREATE TYPE "SessionKind" AS ENUM ('REFRESHABLE', 'LONG_LIVED');

-- CreateEnum
CREATE TYPE "SecretPurpose" AS ENUM ('EMAIL_LINK', 'EMAIL_CODE', 'PASSWORD_RESET', 'MEMBER_PASSWORD_RESET');

-- CreateEnum
CREATE TYPE "IdentityProvider" AS ENUM ('GOOGLE');

-- CreateEnum
CREATE TYPE "ApiKeyFormat" AS ENUM ('BINBOI', 'OPENBIN', 'RESTUME', 'BINGO');

-- CreateEnum
CREATE TYPE "TunnelStatus" AS ENUM ('ACTIVE', 'INACTIVE', 'ERROR');

-- CreateEnum
CREATE TYPE "TunnelRequestKind" AS ENUM ('REQUEST', 'WEBHOOK');

-- CreateEnum
CREATE TYPE "OrganizationStatus" AS ENUM ('ACTIVE', 'SUSPENDED');

-- CreateEnum
CREATE TYPE "MemberRole" AS ENUM ('OWNER', 'ADMIN', 'VIEWER');

-- CreateEnum
CREATE TYPE "VpnNodeState" AS ENUM ('PENDING', 'DEPLOYING', 'DEPLOYED', 'DISABLED');

-- CreateEnum
CREATE TYPE "SettingsKind" AS ENUM ('PREFERENCES', 'PRINT');

-- CreateEnum
CREATE TYPE "LocationRole" AS ENUM ('ADMIN', 'MEMBER', 'VIEWER');

-- CreateEnum
CREATE TYPE "BinVisibility" AS ENUM ('LOCATION', 'PRIVATE');

-- CreateEnum
CREATE TYPE "ActivityAuthMethod" AS ENUM ('SESSION', 'API_KEY');

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerifiedAt" TIMESTAMP(3),
    "userName" TEXT,
    "userNameKey" TEXT,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT,
    "plan" "Plan" NOT NULL DEFAULT 'FREE',
    "planSource" "PlanSource" NOT NULL DEFAULT 'DEFAULT',
    "administrator" BOOLEAN NOT NULL DEFAULT false,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "tokenVersion" INTEGER NOT NULL DEFAULT 0,
    "lockSequence" INTEGER NOT NULL DEFAULT 0,
    "activeLocationId" TEXT,
    "deletionRequestedAt" TIMESTAMP(3),
    "deletionScheduledAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "kind" "SessionKind" NOT NULL,
    "tokenVersion" INTEGER NOT NULL,
    "address" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "refreshEndedAt" TIMESTAMP(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RefreshToken" (
    "id" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "RefreshToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OneTimeSecret" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "purpose" "SecretPurpose" NOT NULL,
    "hash" TEXT NOT NULL,
    "triesLeft" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "OneTimeSecret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LinkedIdentity" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "provider" "IdentityProvider" NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LinkedIdentity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "format" "ApiKeyFormat" NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMP(3),
    "revokedAt" TIMESTAMP(3),
    "organizationId" INTEGER,

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Tunnel" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "subdomain" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT 'local',
    "status" "TunnelStatus" NOT NULL DEFAULT 'INACTIVE',
    "requestCount" INTEGER NOT NULL DEFAULT 0,
    "bytesOut" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastConnectedAt" TIMESTAMP(3),
    "agentKeyId" TEXT,

    CONSTRAINT "Tunnel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TunnelRequest" (
    "id" TEXT NOT NULL,
    "tunnelId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "kind" "TunnelRequestKind" NOT NULL DEFAULT 'REQUEST',
    "provider" TEXT,
    "eventType" TEXT,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TunnelRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Organization" (
    "id" SERIAL NOT NULL,
    "ownerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contactEmail" TEXT NOT NULL,
    "status" "OrganizationStatus" NOT NULL DEFAULT 'ACTIVE',
    "lockSequence" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrganizationMember" (
    "id" TEXT NOT NULL,
    "organizationId" INTEGER NOT NULL,
    "accountId" TEXT NOT NULL,
    "role" "MemberRole" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OrganizationMember_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrganizationInvitation" (
    "id" TEXT NOT NULL,
    "organizationId" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "role" "MemberRole" NOT NULL,
    "hash" TEXT NOT NULL,
    "invitedById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "OrganizationInvitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VpnNode" (
    "id" SERIAL NOT NULL,
    "organizationId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "country" TEXT NOT NULL,
    "info" TEXT,
    "instanceId" TEXT,
    "instanceStatus" INTEGER NOT NULL DEFAULT -1,
    "bandwidth" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "bandwidthUsedM" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "state" "VpnNodeState" NOT NULL DEFAULT 'PENDING',
    "stateChangedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastHeartbeatAt" TIMESTAMP(3),
    "expiresAt" TIMESTAMP(3),
    "searchText" TEXT NOT NULL,
    "lockSequence" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "VpnNode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VpnPassword" (
    "id" SERIAL NOT NULL,
    "nodeId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "bandwidthLimit" INTEGER NOT NULL,
    "transferLimit" INTEGER NOT NULL,
    "transferIsMonthly" BOOLEAN NOT NULL,
    "uploadReported" BIGINT NOT NULL DEFAULT 0,
    "downloadReported" BIGINT NOT NULL DEFAULT 0,
    "uploadReset" BIGINT NOT NULL DEFAULT 0,
    "downloadReset" BIGINT NOT NULL DEFAULT 0,
    "uploadMonth" BIGINT NOT NULL DEFAULT 0,
    "downloadMonth" BIGINT NOT NULL DEFAULT 0,
    "month" INTEGER NOT NULL,
    "shareCode" TEXT NOT NULL,
    "expiresAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "VpnPassword_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VpnHeartbeatBucket" (
    "nodeId" INTEGER NOT NULL,
    "startsAt" TIMESTAMP(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "bandwidthSum" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "VpnHeartbeatBucket_pkey" PRIMARY KEY ("nodeId","startsAt")
);

-- CreateTable
CREATE TABLE "AccountSettings" (
    "accountId" TEXT NOT NULL,
    "kind" "SettingsKind" NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AccountSettings_pkey" PRIMARY KEY ("accountId","kind")
);

-- CreateTable
CREATE TABLE "SavedView" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "searchQuery" TEXT NOT NULL DEFAULT '',
    "sort" TEXT NOT NULL DEFAULT 'updated',
    "filters" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Location" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdById" TEXT,
    "inviteCode" TEXT NOT NULL,
    "activityRetentionDays" INTEGER NOT NULL DEFAULT 90,
    "trashRetentionDays" INTEGER NOT NULL DEFAULT 30,
    "appName" TEXT NOT NULL DEFAULT 'OpenBin',
    "termBin" TEXT NOT NULL DEFAULT '',
    "termLocation" TEXT NOT NULL DEFAULT '',
    "termArea" TEXT NOT NULL DEFAULT '',
    "defaultJoinRole" "LocationRole" NOT NULL DEFAULT 'MEMBER',
    "lockSequence" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Location_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "id" TEXT NOT NULL,
    "locationId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "role" "LocationRole" NOT NULL,
    "joinedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Area" (
    "id" TEXT NOT NULL,
    "locationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" TEXT,
    "parentKey" TEXT NOT NULL DEFAULT '',
    "createdById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Bin" (
    "id" TEXT NOT NULL,
    "shortCode" TEXT NOT NULL,
    "locationId" TEXT NOT NULL,
    "areaId" TEXT,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "notes" TEXT NOT NULL DEFAULT '',
    "icon" TEXT NOT NULL DEFAULT '',
    "color" TEXT NOT NULL DEFAULT '',
    "cardStyle" TEXT NOT NULL DEFAULT '',
    "visibility" "BinVisibility" NOT NULL DEFAULT 'LOCATION',
    "createdById" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "Bin_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BinItem" (
    "id" TEXT NOT NULL,
    "binId" TEXT NOT NULL,
    "locationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "quantity" INTEGER,
    "position" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "deletedAt" TIMESTAMP(3),

    CONSTRAINT "BinItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Checkout" (
    "id" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "activeItemId" TEXT,
    "originBinId" TEXT NOT NULL,
    "locationId" TEXT NOT NULL,
    "checkedOutById" TEXT,
    "checkedOutAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "returnedAt" TIMESTAMP(3),
    "returnedById" TEXT,
    "returnBinId" TEXT,

    CONSTRAINT "Checkout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BinPin" (
    "accountId" TEXT NOT NULL,
    "binId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BinPin_pkey" PRIMARY KEY ("accountId","binId")
);

-- CreateTable
CREATE TABLE "BinScan" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "binId" TEXT NOT NULL,
    "scannedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "BinScan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BinUsage" (
    "binId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "BinUsage_pkey" PRIMARY KEY ("binId","day")
);

-- CreateTable
CREATE TABLE "ShoppingEntry" (
    "id" TEXT NOT NULL,
    "locationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "originBinId" TEXT,
    "createdById" TEXT,
    "onlyForId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShoppingEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BinTag" (
    "binId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "BinTag_pkey" PRIMARY KEY ("binId","name")
);

-- CreateTable
CREATE TABLE "TagStyle" (
    "id" TEXT NOT NULL,
    "locationId" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "color" TEXT NOT NULL DEFAULT '',
    "parentTag" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "TagStyle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CustomField" (
    "id" TEXT NOT NULL,
    "locationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CustomField_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CustomFieldValue" (
    "binId" TEXT NOT NULL,
    "fieldId" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "CustomFieldValue_pkey" PRIMARY KEY ("binId","fieldId")
);

-- CreateTable
CREATE TABLE "Activity" (
    "id" TEXT NOT NULL,
    "locationId" TEXT NOT NULL,
    "accountId" TEXT,
    "userName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "entityType" TEXT NOT NULL,
    "entityId" TEXT,
    "entityName" TEXT,
    "changes" JSONB,
    "authMethod" "ActivityAuthMethod",
    "apiKeyId" TEXT,
    "apiKeyName" TEXT,
    "onlyForId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Activity_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Account_email_key" ON "Account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Account_userNameKey_key" ON "Account"("userNameKey");

-- CreateIndex
CREATE INDEX "Account_deletionScheduledAt_idx" ON "Account"("deletionScheduledAt");

-- CreateIndex
CREATE INDEX "Account_activeLocationId_idx" ON "Account"("activeLocationId");

-- CreateIndex
CREATE INDEX "Session_accountId_id_idx" ON "Session"("accountId", "id");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "RefreshToken_hash_key" ON "RefreshToken"("hash");

-- CreateIndex
CREATE INDEX "RefreshToken_sessionId_idx" ON "RefreshToken"("sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "OneTimeSecret_hash_key" ON "OneTimeSecret"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "OneTimeSecret_accountId_purpose_key" ON "OneTimeSecret"("accountId", "purpose");

-- CreateIndex
CREATE UNIQUE INDEX "LinkedIdentity_provider_subject_key" ON "LinkedIdentity"("provider", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "LinkedIdentity_accountId_provider_key" ON "LinkedIdentity"("accountId", "provider");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_hash_key" ON "ApiKey"("hash");

-- CreateIndex
CREATE INDEX "ApiKey_accountId_format_id_idx" ON "ApiKey"("accountId", "format", "id");

-- CreateIndex
CREATE INDEX "ApiKey_organizationId_idx" ON "ApiKey"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "Tunnel_subdomain_key" ON "Tunnel"("subdomain");

-- CreateIndex
CREATE INDEX "Tunnel_accountId_id_idx" ON "Tunnel"("accountId", "id");

-- CreateIndex
CREATE INDEX "Tunnel_agentKeyId_idx" ON "Tunnel"("agentKeyId");

-- CreateIndex
CREATE INDEX "TunnelRequest_accountId_id_idx" ON "TunnelRequest"("accountId", "id");

-- CreateIndex
CREATE INDEX "TunnelRequest_tunnelId_idx" ON "TunnelRequest"("tunnelId");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_hash_key" ON "Invitation"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "Organization_ownerId_key" ON "Organization"("ownerId");

-- CreateIndex
CREATE INDEX "OrganizationMember_accountId_idx" ON "OrganizationMember"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "OrganizationMember_organizationId_accountId_key" ON "OrganizationMember"("organizationId", "accountId");

-- CreateIndex
CREATE UNIQUE INDEX "OrganizationInvitation_hash_key" ON "OrganizationInvitation"("hash");

-- CreateIndex
CREATE INDEX "OrganizationInvitation_invitedById_idx" ON "OrganizationInvitation"("invitedById");

-- CreateIndex
CREATE UNIQUE INDEX "OrganizationInvitation_organizationId_email_key" ON "OrganizationInvitation"("organizationId", "email");

-- CreateIndex
CREATE INDEX "VpnNode_organizationId_id_idx" ON "VpnNode"("organizationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "VpnPassword_shareCode_key" ON "VpnPassword"("shareCode");

-- CreateIndex
CREATE INDEX "VpnPassword_nodeId_id_idx" ON "VpnPassword"("nodeId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "VpnPassword_nodeId_fingerprint_key" ON "VpnPassword"("nodeId", "fingerprint");

-- CreateIndex
CREATE INDEX "SavedView_accountId_id_idx" ON "SavedView"("accountId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Location_inviteCode_key" ON "Location"("inviteCode");

-- CreateIndex
CREATE INDEX "Location_createdById_idx" ON "Location"("createdById");

-- CreateIndex
CREATE INDEX "Membership_accountId_idx" ON "Membership"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Membership_locationId_accountId_key" ON "Membership"("locationId", "accountId");

-- CreateIndex
CREATE INDEX "Area_parentId_idx" ON "Area"("parentId");

-- CreateIndex
CREATE INDEX "Area_createdById_idx" ON "Area"("createdById");

-- CreateIndex
CREATE UNIQUE INDEX "Area_locationId_parentKey_name_key" ON "Area"("locationId", "parentKey", "name");

-- CreateIndex
CREATE INDEX "Bin_shortCode_idx" ON "Bin"("shortCode");

-- CreateIndex
CREATE INDEX "Bin_locationId_deletedAt_updatedAt_idx" ON "Bin"("locationId", "deletedAt", "updatedAt");

-- CreateIndex
CREATE INDEX "Bin_locationId_deletedAt_nameKey_idx" ON "Bin"("locationId", "deletedAt", "nameKey");

-- CreateIndex
CREATE INDEX "Bin_areaId_idx" ON "Bin"("areaId");

-- CreateIndex
CREATE INDEX "Bin_createdById_idx" ON "Bin"("createdById");

-- CreateIndex
CREATE UNIQUE INDEX "Bin_locationId_shortCode_key" ON "Bin"("locationId", "shortCode");

-- CreateIndex
CREATE INDEX "BinItem_binId_deletedAt_position_idx" ON "BinItem"("binId", "deletedAt", "position");

-- CreateIndex
CREATE INDEX "BinItem_locationId_deletedAt_nameKey_idx" ON "BinItem"("locationId", "deletedAt", "nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "Checkout_activeItemId_key" ON "Checkout"("activeItemId");

-- CreateIndex
CREATE INDEX "Checkout_itemId_idx" ON "Checkout"("itemId");

-- CreateIndex
CREATE INDEX "Checkout_originBinId_returnedAt_checkedOutAt_idx" ON "Checkout"("originBinId", "returnedAt", "checkedOutAt");

-- CreateIndex
CREATE INDEX "Checkout_locationId_returnedAt_checkedOutAt_idx" ON "Checkout"("locationId", "returnedAt", "checkedOutAt");

-- CreateIndex
CREATE INDEX "Checkout_returnBinId_idx" ON "Checkout"("returnBinId");

-- CreateIndex
CREATE INDEX "Checkout_checkedOutById_idx" ON "Checkout"("checkedOutById");

-- CreateIndex
CREATE INDEX "Checkout_returnedById_idx" ON "Checkout"("returnedById");

-- CreateIndex
CREATE INDEX "BinPin_binId_idx" ON "BinPin"("binId");

-- CreateIndex
CREATE INDEX "BinScan_accountId_scannedAt_idx" ON "BinScan"("accountId", "scannedAt");

-- CreateIndex
CREATE INDEX "BinScan_binId_idx" ON "BinScan"("binId");

-- CreateIndex
CREATE UNIQUE INDEX "BinScan_accountId_binId_key" ON "BinScan"("accountId", "binId");

-- CreateIndex
CREATE INDEX "ShoppingEntry_locationId_createdAt_idx" ON "ShoppingEntry"("locationId", "createdAt");

-- CreateIndex
CREATE INDEX "ShoppingEntry_originBinId_idx" ON "ShoppingEntry"("originBinId");

-- CreateIndex
CREATE INDEX "ShoppingEntry_createdById_idx" ON "ShoppingEntry"("createdById");

-- CreateIndex
CREATE INDEX "BinTag_name_idx" ON "BinTag"("name");

-- CreateIndex
CREATE INDEX "TagStyle_locationId_parentTag_idx" ON "TagStyle"("locationId", "parentTag");

-- CreateIndex
CREATE UNIQUE INDEX "TagStyle_locationId_tag_key" ON "TagStyle"("locationId", "tag");

-- CreateIndex
CREATE UNIQUE INDEX "CustomField_locationId_name_key" ON "CustomField"("locationId", "name");

-- CreateIndex
CREATE INDEX "CustomFieldValue_fieldId_idx" ON "CustomFieldValue"("fieldId");

-- CreateIndex
CREATE INDEX "Activity_locationId_createdAt_id_onlyForId_idx" ON "Activity"("locationId", "createdAt", "id", "onlyForId");

-- CreateIndex
CREATE INDEX "Activity_locationId_entityType_entityId_createdAt_idx" ON "Activity"("locationId", "entityType", "entityId", "createdAt");

-- CreateIndex
CREATE INDEX "Activity_accountId_idx" ON "Activity"("accountId");

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_activeLocationId_fkey" FOREIGN KEY ("activeLocationId") REFERENCES "Location"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RefreshToken" ADD CONSTRAINT "RefreshToken_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OneTimeSecret" ADD CONSTRAINT "OneTimeSecret_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LinkedIdentity" ADD CONSTRAINT "LinkedIdentity_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tunnel" ADD CONSTRAINT "Tunnel_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tunnel" ADD CONSTRAINT "Tunnel_agentKeyId_fkey" FOREIGN KEY ("agentKeyId") REFERENCES "ApiKey"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TunnelRequest" ADD CONSTRAINT "TunnelRequest_tunnelId_fkey" FOREIGN KEY ("tunnelId") REFERENCES "Tunnel"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrganizationMember" ADD CONSTRAINT "OrganizationMember_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrganizationMember" ADD CONSTRAINT "OrganizationMember_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrganizationInvitation" ADD CONSTRAINT "OrganizationInvitation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrganizationInvitation" ADD CONSTRAINT "OrganizationInvitation_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "Account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VpnNode" ADD CONSTRAINT "VpnNode_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VpnPassword" ADD CONSTRAINT "VpnPassword_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "VpnNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VpnHeartbeatBucket" ADD CONSTRAINT "VpnHeartbeatBucket_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "VpnNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountSettings" ADD CONSTRAINT "AccountSettings_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SavedView" ADD CONSTRAINT "SavedView_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Location" ADD CONSTRAINT "Location_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Area" ADD CONSTRAINT "Area_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Area" ADD CONSTRAINT "Area_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Area"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Area" ADD CONSTRAINT "Area_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Bin" ADD CONSTRAINT "Bin_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Bin" ADD CONSTRAINT "Bin_areaId_fkey" FOREIGN KEY ("areaId") REFERENCES "Area"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Bin" ADD CONSTRAINT "Bin_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BinItem" ADD CONSTRAINT "BinItem_binId_fkey" FOREIGN KEY ("binId") REFERENCES "Bin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BinItem" ADD CONSTRAINT "BinItem_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Checkout" ADD CONSTRAINT "Checkout_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "BinItem"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Checkout" ADD CONSTRAINT "Checkout_originBinId_fkey" FOREIGN KEY ("originBinId") REFERENCES "Bin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Checkout" ADD CONSTRAINT "Checkout_returnBinId_fkey" FOREIGN KEY ("returnBinId") REFERENCES "Bin"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Checkout" ADD CONSTRAINT "Checkout_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Checkout" ADD CONSTRAINT "Checkout_checkedOutById_fkey" FOREIGN KEY ("checkedOutById") REFERENCES "Account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Checkout" ADD CONSTRAINT "Checkout_returnedById_fkey" FOREIGN KEY ("returnedById") REFERENCES "Account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BinPin" ADD CONSTRAINT "BinPin_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BinPin" ADD CONSTRAINT "BinPin_binId_fkey" FOREIGN KEY ("binId") REFERENCES "Bin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BinScan" ADD CONSTRAINT "BinScan_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BinScan" ADD CONSTRAINT "BinScan_binId_fkey" FOREIGN KEY ("binId") REFERENCES "Bin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BinUsage" ADD CONSTRAINT "BinUsage_binId_fkey" FOREIGN KEY ("binId") REFERENCES "Bin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShoppingEntry" ADD CONSTRAINT "ShoppingEntry_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShoppingEntry" ADD CONSTRAINT "ShoppingEntry_originBinId_fkey" FOREIGN KEY ("originBinId") REFERENCES "Bin"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShoppingEntry" ADD CONSTRAINT "ShoppingEntry_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BinTag" ADD CONSTRAINT "BinTag_binId_fkey" FOREIGN KEY ("binId") REFERENCES "Bin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TagStyle" ADD CONSTRAINT "TagStyle_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomField" ADD CONSTRAINT "CustomField_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomFieldValue" ADD CONSTRAINT "CustomFieldValue_binId_fkey" FOREIGN KEY ("binId") REFERENCES "Bin"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomFieldValue" ADD CONSTRAINT "CustomFieldValue_fieldId_fkey" FOREIGN KEY ("fieldId") REFERENCES "CustomField"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE SET NULL ON UPDATE CASCADE;
