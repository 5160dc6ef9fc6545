import { rule } from 'graphql-shield';
import { DomainError, toDomainError } from '../../errors/domainError.ts';
import { assertVerified } from '../core/callerRules.ts';
import type { GraphContext } from '../core/context.ts';
import { type Access, accessOf, mayChange, mayManage } from './organization/access.ts';

interface Named {
  readonly organizationId?: number | null;
}

/** A rule for verified accounts about the organization that the field's input or arguments name, or else the credential. */
function memberRule(name: string, check: (access: Access) => DomainError | true) {
  return rule(name, { cache: 'no_cache' })(
    async (_root, args: Named & { readonly input?: Named }, context: GraphContext) => {
      if (!context.caller) return new DomainError('UNAUTHENTICATED');
      try {
        assertVerified(context.caller);
        return check(await accessOf(context, args.input?.organizationId ?? args.organizationId));
      } catch (thrown) {
        // Shield takes a throwing rule for a plain "no"; only a returned error reaches the caller.
        return toDomainError(thrown);
      }
    },
  );
}

/** Only for members, whatever their role. */
export const organizationReader = memberRule('organizationReader', () => true);

/** Only for owners and administrators. */
export const organizationManager = memberRule('organizationManager', mayManage);

/** Only for owners and administrators, and not while the organization is suspended. */
export const organizationWriter = memberRule('organizationWriter', mayChange);
