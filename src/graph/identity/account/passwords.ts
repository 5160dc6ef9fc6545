import { DomainError } from '../../../errors/domainError.ts';
import { OverloadedError } from '../../../platform/passwords/hasher.ts';
import type { Services } from '../../core/services.ts';
import { preparePassword } from '../../core/text/passwords.ts';

async function orOverloaded<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof OverloadedError)) throw error;
    throw new DomainError('OVERLOADED', { retryAfterSeconds: error.retryAfterSeconds, cause: error });
  }
}

/** Hashes a password, prepared, with argon2id; throws OVERLOADED when too many wait. */
export function hashPassword({ hasher }: Services, password: string): Promise<string> {
  return orOverloaded(hasher.hash(preparePassword(password)));
}

/**
 * Compares a password as it is typed, as older hashes were made of it, and then prepared where that is another text.
 * Takes as long for an account that has no password or does not exist as for a wrong password. Throws OVERLOADED.
 */
export async function verifyPassword(
  { hasher }: Services,
  hash: string | null,
  password: string,
): Promise<boolean> {
  if (await orOverloaded(hasher.verify(hash, password))) return true;
  const prepared = preparePassword(password);
  return prepared !== password && orOverloaded(hasher.verify(hash, prepared));
}
