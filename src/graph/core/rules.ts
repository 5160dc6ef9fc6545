import { rule } from 'graphql-shield';
import { DomainError } from '../../errors/domainError.ts';
import type { GraphContext } from './context.ts';

/** Only with a valid credential of any kind. */
export const signedIn = rule('signedIn', { cache: 'no_cache' })(
  (_root, _args, { caller }: GraphContext) => caller !== null || new DomainError('UNAUTHENTICATED'),
);

/** Only for administrators, and for the command line on the server itself. */
export const administrator = rule('administrator', { cache: 'no_cache' })(
  (_root, _args, { caller }: GraphContext) => {
    if (!caller) return new DomainError('UNAUTHENTICATED');
    return caller.account.administrator || new DomainError('FORBIDDEN');
  },
);
