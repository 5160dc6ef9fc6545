/** True when Prisma refused a write because a value that must be unique exists (its code P2002). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 'P2002';
}

/** How the engines name a value that exists already, in the code of a statement's error. */
const takenCodes =
  /^Raw query failed. Code: `(?:23505|SQLITE_CONSTRAINT_UNIQUE|SQLITE_CONSTRAINT_PRIMARYKEY)`/m;

/** The same for a hand-written statement, whose errors Prisma passes on under one code (P2010). */
export function isRawUniqueViolation(error: unknown): boolean {
  return (
    error instanceof Error && (error as { code?: unknown }).code === 'P2010' && takenCodes.test(error.message)
  );
}
