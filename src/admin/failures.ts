import { DomainError } from '../errors/domainError.ts';

/** The command line itself is wrong: nothing was tried. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The work could not be done; the message is one sentence for the person at the console. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** For `catch`: says in the operator's words what NOT_FOUND means here; anything else goes on as it is. */
export function missingOr(sentence: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof DomainError && error.code === 'NOT_FOUND' ? new Failure(sentence) : error;
  };
}

/** The same for an account that was named by its address. */
export const accountOr = (email: string) => missingOr(`There is no account with the address ${email}.`);
