-- CreateTable
CREATE TABLE "UpgradeTask" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "progress" JSONB,
    "finishedAt" DATETIME
);
