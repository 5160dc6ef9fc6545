-- CreateEnum
CREATE TYPE "AccountOrigin" AS ENUM ('STANDARD', 'HOUSEHOLD');

-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "origin" "AccountOrigin" NOT NULL DEFAULT 'STANDARD';

-- AlterTable
ALTER TABLE "Organization" ALTER COLUMN "ownerId" DROP NOT NULL;
