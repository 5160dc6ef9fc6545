import type { Issues } from '../../../errors/issues.ts';
import type { Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';

const minLength = 3;
const maxLength = 32;
/** Without `@`, so that no user name looks like an address: where both are taken, the character tells them apart. */
const pattern = /^[A-Za-z0-9_.-]*$/;

/** A user name as it is stored: as typed, and in the form that is unique. */
export interface UserNameColumns {
  readonly userName: string;
  readonly userNameKey: string;
}

/** The form in which user names are compared. */
export function userNameKeyOf(userName: string): string {
  return userName.toLowerCase();
}

/** Checks a user name (RESTume "register"); nothing to store where none was given. */
export function checkUserName(
  issues: Issues,
  path: string,
  value: string | null | undefined,
): UserNameColumns | undefined {
  if (value == null) return undefined;
  if (value === '') issues.add(path, 'required', 'is required');
  else if (!pattern.test(value))
    issues.add(path, 'format', 'may have letters, digits, "_", "." and "-" only');
  else if (value.length < minLength)
    issues.add(path, 'too_short', `must have at least ${minLength} characters`);
  else if (value.length > maxLength)
    issues.add(path, 'too_long', `must have at most ${maxLength} characters`);
  return { userName: value, userNameKey: userNameKeyOf(value) };
}

/** True when some account has the name, in whatever case. */
export async function isUserNameTaken(db: PrismaClient | Prisma.TransactionClient, name: UserNameColumns) {
  const { userNameKey } = name;
  return (await db.account.findUnique({ where: { userNameKey }, select: { id: true } })) !== null;
}
