import { DomainError } from '../../../errors/domainError.ts';
import { OverloadedError } from '../../../platform/passwords/hasher.ts';
import type { Services } from '../../core/services.ts';

async function orOverloaded<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof OverloadedError)) throw error;
    throw new DomainError('OVERLOADED', { retryAfterSeconds: error.retryAfterSeconds, cause: error });
  }
}

/** Hashes a password with argon2id; throws OVERLOADED when too many wait. */
export function hashPassword({ hasher }: Services, password: string): Promise<string> {
  return orOverloaded(hasher.hash(password));
}

/** Compares; takes as long for an account that has no password or does not exist. Throws OVERLOADED. */
export function verifyPassword(
  { hasher }: Services,
  hash: string | null,
  password: string,
): Promise<boolean> {
  return orOverloaded(hasher.verify(hash, password));
}
