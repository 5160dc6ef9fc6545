import type { ErrorCode } from './catalogue.ts';

/**
 * What a database's refusals mean to a caller who lost a race: the row went away while it was being
 * changed, too many wait for the database, or it cannot be reached. Anything else is a fault of the server.
 */
const byPrismaCode: Readonly<Record<string, ErrorCode>> = {
  P2025: 'NOT_FOUND',
  P2003: 'NOT_FOUND',
  P2034: 'OVERLOADED',
  P2024: 'OVERLOADED',
  P2028: 'OVERLOADED',
  P1008: 'OVERLOADED',
  P1001: 'SERVICE_UNAVAILABLE',
  P1002: 'SERVICE_UNAVAILABLE',
  P1017: 'SERVICE_UNAVAILABLE',
  P2037: 'SERVICE_UNAVAILABLE',
};

/** The same of the drivers, for statements that do not go through Prisma's client. */
const byDriverCode: Readonly<Record<string, ErrorCode>> = {
  SQLITE_CONSTRAINT_FOREIGNKEY: 'NOT_FOUND',
  SQLITE_BUSY: 'OVERLOADED',
  // PostgreSQL: foreign_key_violation, serialization_failure, deadlock_detected,
  // query_canceled (by statement_timeout), idle_in_transaction_session_timeout
  '23503': 'NOT_FOUND',
  '40001': 'OVERLOADED',
  '40P01': 'OVERLOADED',
  '57014': 'OVERLOADED',
  '25P03': 'OVERLOADED',
};

/**
 * What Prisma's adapters name themselves, beside the driver's own code. `ConnectionClosed` stands for every way in which
 * a connection to PostgreSQL is lost (src/platform/database/postgresql/connectionGuard.ts).
 */
const byAdapterKind: Readonly<Record<string, ErrorCode>> = {
  SocketTimeout: 'OVERLOADED',
  ConnectionClosed: 'SERVICE_UNAVAILABLE',
};

/** pg's pool has neither a class nor a code for this. */
const poolIsBusy = 'timeout exceeded when trying to connect';

interface DatabaseError extends Error {
  readonly code?: string;
  /** Of Prisma's errors, where it does not know the driver's one. */
  readonly meta?: { readonly driverAdapterError?: Error };
}

function codeOfAdapterError({ cause }: Error): ErrorCode | undefined {
  const { kind = '', originalCode = '' } = cause as { kind?: string; originalCode?: string };
  return byAdapterKind[kind] ?? byDriverCode[originalCode];
}

/** The catalogue's code for an error that Prisma, one of its adapters or a driver threw; undefined when it has none. */
export function codeOfDatabaseError(error: Error): ErrorCode | undefined {
  const { name, message, code = '', meta } = error as DatabaseError;
  if (message === poolIsBusy) return 'OVERLOADED';
  if (name === 'DriverAdapterError') return codeOfAdapterError(error);
  if (!name.startsWith('PrismaClient')) return byDriverCode[code];
  return byPrismaCode[code] ?? (meta?.driverAdapterError && codeOfAdapterError(meta.driverAdapterError));
}
