-- AlterTable
ALTER TABLE "OneTimeSecret" ADD COLUMN     "shownToId" TEXT;

-- Of those that are on their way nobody knows who was shown them; they would have lived two hours.
DELETE FROM "OneTimeSecret" WHERE "purpose" = 'MEMBER_PASSWORD_RESET';
