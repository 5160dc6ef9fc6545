import { rule } from 'graphql-shield';
import { DomainError, toDomainError } from '../../errors/domainError.ts';
import type { GraphContext } from '../core/context.ts';
import { type Access, accessOf } from './organization/access.ts';
import { mayChange, mayManage } from './organization/mayChange.ts';

type Args = { readonly organizationId?: number | null };

/** A rule about the organization that the field's `organizationId`, or else the credential, names. */
function memberRule(name: string, check: (access: Access) => DomainError | true) {
  return rule(name, { cache: 'no_cache' })(async (_root, args: Args, context: GraphContext) => {
    if (!context.caller) return new DomainError('UNAUTHENTICATED');
    try {
      return check(await accessOf(context, args.organizationId));
    } catch (thrown) {
      // Shield takes a throwing rule for a plain "no"; only a returned error reaches the caller.
      return toDomainError(thrown);
    }
  });
}

/** Only for members, whatever their role. */
export const organizationReader = memberRule('organizationReader', () => true);

/** Only for owners and administrators. */
export const organizationManager = memberRule('organizationManager', mayManage);

/** Only for owners and administrators, and not while the organization is suspended. */
export const organizationWriter = memberRule('organizationWriter', mayChange);
