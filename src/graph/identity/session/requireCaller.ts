import { DomainError } from '../../../errors/domainError.ts';
import type { Caller, GraphContext } from '../../core/context.ts';

/** The caller of a field whose shield rule has let them in; the check narrows the type and fails closed. */
export function requireCaller(context: GraphContext): Caller {
  if (!context.caller) throw new DomainError('UNAUTHENTICATED');
  return context.caller;
}
