import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { assertNotLastAdministrator } from '../administration/administrators.ts';
import { eraseAccount, withDeletionLocks } from '../deletion/eraseAccount.ts';
import { assertLongSecretUsable, consumeLongSecret } from '../secret/oneTimeSecrets.ts';
import { identityServices } from '../services.ts';

builder.relayMutationField(
  'disownAccount',
  {
    description: 'An account that somebody else made with your address.',
    inputFields: (t) => ({
      token: t.string({
        required: true,
        description: 'From the mail that asks for the proof of the address.',
      }),
    }),
  },
  {
    // The token is the proof: it was mailed to the address of the account.
    access: everyone,
    description:
      'Deletes an account that has never proven an address, at once and for good; the address may register again. What others own too goes to one of them. The token works once, for seven days. Throws SECRET_INVALID, also once an address of the account was proven, SECRET_EXPIRED, or LAST_ADMINISTRATOR.',
    resolve: async (_root, { input }, context) => {
      const { db, request } = context;
      const token = input.token.trim();
      if (token === '') throw invalid('token', 'required', 'is required');
      await identityServices(context).countAnonymousWork(request.address);
      const accountId = await assertLongSecretUsable(db, 'DISOWN_ACCOUNT', token);
      const going = {
        accountId,
        administers: true,
        lock: (tx: Prisma.TransactionClient) => lockAccountIfThere(tx, accountId),
      };
      await withDeletionLocks(context, going, async (tx, _account, security) => {
        const { owner } = await consumeLongSecret(tx, 'DISOWN_ACCOUNT', token);
        if (owner.firstProvenAt) throw new DomainError('SECRET_INVALID');
        await assertNotLastAdministrator(tx, owner);
        const changed = await eraseAccount(context, tx, owner, security);
        // After the erasure, which takes the names out of older events; the address of the client stays known.
        await security.record(tx, {
          name: 'account_disowned',
          account: owner,
          target: { type: 'user', id: accountId, name: null },
        });
        return changed;
      });
      return { deletedAccountId: accountId };
    },
  },
  {
    description: 'The account that is gone.',
    outputFields: (t) => ({
      deletedAccountId: t.exposeID('deletedAccountId', { description: 'UUID of the account.' }),
    }),
  },
);
