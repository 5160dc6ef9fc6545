import type { ErrorCode } from './catalogue.ts';

/**
 * What Prisma's refusals mean to a caller who lost a race: the row went away while it was being
 * changed, or too many wait for the database. Anything else is a fault of the server.
 */
const byPrismaCode: Readonly<Record<string, ErrorCode>> = {
  P2025: 'NOT_FOUND',
  P2003: 'NOT_FOUND',
  P2034: 'OVERLOADED',
  P2024: 'OVERLOADED',
  P2028: 'OVERLOADED',
  P1008: 'OVERLOADED',
};

/** The catalogue's code for an error that Prisma threw; undefined when it has none. */
export function codeOfPrismaError(error: Error): ErrorCode | undefined {
  const { code } = error as { code?: unknown };
  return error.name.startsWith('PrismaClient') && typeof code === 'string' ? byPrismaCode[code] : undefined;
}
