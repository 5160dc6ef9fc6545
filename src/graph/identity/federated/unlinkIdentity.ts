import { DomainError } from '../../../errors/domainError.ts';
import type { IdentityProvider } from '../../../generated/sqlite/client.ts';
import { bySessionUnless } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { AccountSnapshot } from '../../core/caller.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { accountPayload } from '../account/type.ts';
import { securityLog } from '../security/events.ts';
import { lockCaller } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { removeIdentity } from './removeIdentity.ts';
import { IdentityProviderEnum } from './types.ts';

/** Under the account's lock: of parallel requests none may take the last way in. */
async function unlink(
  context: GraphContext,
  caller: Caller,
  provider: IdentityProvider,
): Promise<AccountSnapshot> {
  const { id } = caller.account;
  const security = securityLog(context);
  const unlinked = await context.db.$transaction(async (tx) => {
    const account = await lockCaller(tx, caller);
    const linked = await tx.linkedIdentity.findMany({ where: { accountId: id } });
    const identity = linked.find((each) => each.provider === provider);
    if (!identity) throw new DomainError('IDENTITY_NOT_LINKED');
    if (account.passwordHash === null && linked.length === 1) throw new DomainError('LAST_SIGN_IN_METHOD');
    await removeIdentity(tx, account, identity, security);
    return snapshotOf(account);
  });
  security.committed();
  return unlinked;
}

builder.relayMutationField(
  'unlinkIdentity',
  {
    description: 'What to unlink.',
    inputFields: (t) => ({
      provider: t.field({ type: IdentityProviderEnum, required: true, description: 'Whose identity.' }),
    }),
  },
  {
    access: bySessionUnless('UNLINK_IDENTITY'),
    description:
      'Unlinks an identity from your account, unless it is the only way in. Sessions and keys stay. Needs a session, not an API key.',
    resolve: async (_root, { input }, context) => {
      const caller = requireCaller(context);
      const account = await unlink(context, caller, input.provider);
      await context.services.credentials.forget(account.id);
      return { account };
    },
  },
  accountPayload('The account as it is now.'),
);
