import { DomainError } from '../../../errors/domainError.ts';
import type { IdentityProvider, PrismaClient } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import type { AccountSnapshot } from '../../core/caller.ts';
import type { Caller } from '../../core/context.ts';
import { snapshotOf } from '../account/snapshot.ts';
import { accountPayload } from '../account/type.ts';
import { lockCaller } from '../session/lockCaller.ts';
import { requireCaller } from '../session/requireCaller.ts';
import { IdentityProviderEnum } from './types.ts';

/** Under the account's lock: of parallel requests none may take the last way in. */
function unlink(db: PrismaClient, caller: Caller, provider: IdentityProvider): Promise<AccountSnapshot> {
  const { id } = caller.account;
  return db.$transaction(async (tx) => {
    const account = await lockCaller(tx, caller);
    const linked = await tx.linkedIdentity.findMany({ where: { accountId: id }, select: { provider: true } });
    if (!linked.some((identity) => identity.provider === provider))
      throw new DomainError('IDENTITY_NOT_LINKED');
    if (account.passwordHash === null && linked.length === 1) throw new DomainError('LAST_SIGN_IN_METHOD');
    await tx.linkedIdentity.deleteMany({ where: { accountId: id, provider } });
    return snapshotOf(account);
  });
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
    access: signedIn,
    description:
      'Unlinks an identity from your account, unless it is the only way in. Sessions and keys stay.',
    resolve: async (_root, { input }, context) => {
      const caller = requireCaller(context);
      const account = await unlink(context.db, caller, input.provider);
      await context.services.credentials.forget(account.id);
      return { account };
    },
  },
  accountPayload('The account as it is now.'),
);
