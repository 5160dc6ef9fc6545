-- CreateTable
CREATE TABLE "UpgradeTask" (
    "name" TEXT NOT NULL,
    "progress" JSONB,
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "UpgradeTask_pkey" PRIMARY KEY ("name")
);
