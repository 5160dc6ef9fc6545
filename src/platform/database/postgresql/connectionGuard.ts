import { DriverAdapterError } from '@prisma/driver-adapter-utils';

/** SQLSTATE class 08, shutdowns and kills by an administrator, a server that starts, and one that is full. */
const states = /^(08...|57P0[1235]|53300)$/;

/** Of the socket and of name resolution; pg passes them on as they are. */
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** pg has neither a class nor a code for these. */
const messages =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Query read timeout|timeout expired)/;

/** The kinds of `socketCodes` and `states` in Prisma's adapter; it passes on what it does not know. */
const kinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'TooManyConnections']);

interface Cause {
  readonly kind?: string;
  readonly originalCode?: string;
}

/** True when the connection failed, rather than the statement. */
export function isConnectionError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (error.name === 'DriverAdapterError') {
    const { kind = '', originalCode = '' } = error.cause as Cause;
    return kinds.has(kind) || states.test(originalCode);
  }
  const { code = '' } = error as NodeJS.ErrnoException;
  return socketCodes.has(code) || states.test(code) || messages.test(error.message);
}

/** Runs database work, and throws one kind of error for everything that a lost connection ends in. */
export type ConnectionGuard = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Creates the guard. pg rejects with whatever the socket, the server or pg itself reports first; Prisma and
 * `src/errors` know the adapter's kinds only, so the rest becomes `ConnectionClosed` here, where it is known to
 * concern the database. `onLost` gets the original error.
 */
export function createConnectionGuard(onLost: (error: Error) => void): ConnectionGuard {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      onLost(error);
      throw new DriverAdapterError({ kind: 'ConnectionClosed' });
    }
  };
}
