import { invalid } from '../../../errors/issues.ts';
import type { Prisma } from '../../../generated/sqlite/client.ts';
import { everyone } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lockAccountIfThere } from '../../core/lockAccount.ts';
import { withDeletionLocks } from '../../identity/deletion/eraseAccount.ts';
import { assertLongSecretUsable, consumeLongSecret } from '../../identity/secret/oneTimeSecrets.ts';
import { identityServices } from '../../identity/services.ts';
import { withAccount } from './members.ts';

/** The memberships that were listed in the mail and still are in locations that the account administers. */
async function listed(tx: Prisma.TransactionClient, accountId: string, data: Prisma.JsonValue) {
  const { memberships } = data as unknown as { readonly memberships: readonly string[] };
  return tx.membership.findMany({
    where: {
      id: { in: [...memberships] },
      accountId: { not: accountId },
      location: { memberships: { some: { accountId, role: 'ADMIN' } } },
    },
    include: withAccount,
  });
}

builder.relayMutationField(
  'removeReviewedMembers',
  {
    description: 'Who is to be removed.',
    inputFields: (t) => ({
      token: t.string({ required: true, description: 'From the mail that lists the members.' }),
    }),
  },
  {
    // The token is the proof: it was mailed to the address of the account.
    access: everyone,
    description:
      'Removes all members that a mail listed after the first proof of an address, as far as the account still administers their locations. The token works once, for seven days. Throws SECRET_INVALID or SECRET_EXPIRED.',
    resolve: async (_root, { input }, context) => {
      const { db, request } = context;
      const token = input.token.trim();
      if (token === '') throw invalid('token', 'required', 'is required');
      await identityServices(context).countAnonymousWork(request.address);
      const accountId = await assertLongSecretUsable(db, 'REVIEW_MEMBERS', token);
      let removedCount = 0;
      const lock = (tx: Prisma.TransactionClient) => lockAccountIfThere(tx, accountId);
      await withDeletionLocks(
        context,
        { accountId, administers: false, lock },
        async (tx, _account, security) => {
          const { owner, data } = await consumeLongSecret(tx, 'REVIEW_MEMBERS', token);
          const members = await listed(tx, accountId, data);
          await tx.membership.deleteMany({ where: { id: { in: members.map(({ id }) => id) } } });
          for (const member of members) {
            // An account's active location is always one of its own.
            await tx.account.updateMany({
              where: { id: member.accountId, activeLocationId: member.locationId },
              data: { activeLocationId: null },
            });
            await security.record(tx, {
              name: 'member_removed',
              account: { id: member.accountId, email: member.account.email },
              actor: owner,
              target: { type: 'location', id: member.locationId, name: null },
              details: { role: member.role },
            });
          }
          const gone = members.map((member) => member.accountId);
          // What an administrator was shown is judged when it is used; who comes back later must not find it alive.
          await tx.oneTimeSecret.deleteMany({
            where: { accountId: { in: gone }, shownToId: { not: null } },
          });
          removedCount = members.length;
          return gone;
        },
      );
      return { removedCount };
    },
  },
  {
    description: 'What `removeReviewedMembers` returns.',
    outputFields: (t) => ({
      removedCount: t.exposeInt('removedCount', { description: 'How many members were removed.' }),
    }),
  },
);
