import { DomainError } from '../errors/domainError.ts';
import { Failure } from './command.ts';

/** For `catch`: says in the operator's words what NOT_FOUND means here; anything else goes on as it is. */
export function missingOr(sentence: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof DomainError && error.code === 'NOT_FOUND' ? new Failure(sentence) : error;
  };
}

/** The same for an account that was named by its address. */
export const accountOr = (email: string) => missingOr(`There is no account with the address ${email}.`);
