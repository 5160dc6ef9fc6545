import type { Organization, OrganizationMember, Prisma } from '../../../generated/sqlite/client.ts';
import type { Heir } from '../../core/lifecycle.ts';
import { isUsable } from '../../identity/account/usable.ts';
import { lockOrganization } from './lockOrganization.ts';

type Other = OrganizationMember & {
  readonly account: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly active: boolean;
    readonly deletionRequestedAt: Date | null;
    readonly ownOrganization: { readonly id: number } | null;
  };
};

/** The members of an organization beside one account, the longest membership first. */
const othersOf = (
  tx: Prisma.TransactionClient,
  organizationId: number,
  accountId: string,
): Promise<Other[]> =>
  tx.organizationMember.findMany({
    where: { organizationId, accountId: { not: accountId } },
    include: {
      account: {
        select: {
          id: true,
          name: true,
          email: true,
          active: true,
          deletionRequestedAt: true,
          ownOrganization: { select: { id: true } },
        },
      },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });

/** Those who can act before those who cannot, as they are suspended or wait for their own deletion. */
const usableFirst = (others: readonly Other[]): Other[] => [
  ...others.filter(({ account }) => isUsable(account)),
  ...others.filter(({ account }) => !isUsable(account)),
];

/**
 * Makes an owner of others the one whose own it is. One who has an organization of their own cannot have a second: it
 * becomes nobody's own then, and its owners run it.
 */
async function passOn(
  tx: Prisma.TransactionClient,
  { id, name, contactEmail }: Organization,
  owners: readonly Other[],
  gone: { readonly email: string; readonly releasedEmail: string | null },
): Promise<Heir[]> {
  const [first] = owners;
  if (!first) return [];
  const heir = owners.find(({ account }) => account.ownOrganization === null);
  const { account } = heir ?? first;
  const wasAddress = (text: string) => text === gone.email || text === gone.releasedEmail;
  const named = wasAddress(name) ? account.name || account.email : name;
  await tx.organization.update({
    where: { id },
    data: {
      ownerId: heir ? account.id : null,
      name: named,
      ...(wasAddress(contactEmail) && { contactEmail: account.email }),
    },
  });
  return [{ id: account.id, email: account.email, governs: governed(id, named), role: 'OWNER' }];
}

const governed = (id: number, name: string) => ({ type: 'organization', id: String(id), name });

/** Gives an organization that is nobody's own another owner, or deletes it with its last member. */
async function leaveRunByOwners(
  tx: Prisma.TransactionClient,
  { id, name }: Organization,
  accountId: string,
): Promise<Heir[]> {
  const others = usableFirst(await othersOf(tx, id, accountId));
  if (others.length === 0) {
    await tx.organization.delete({ where: { id }, select: { id: true } });
    return [];
  }
  if (others.some(({ role }) => role === 'OWNER')) return [];
  const heir = (others.find(({ role }) => role === 'ADMIN') ?? others[0]) as Other;
  await tx.organizationMember.update({
    where: { id: heir.id },
    data: { role: 'OWNER' },
    select: { id: true },
  });
  return [{ id: heir.accountId, email: heir.account.email, governs: governed(id, name), role: 'OWNER' }];
}

/**
 * Lets an account that is being erased leave its organizations. Its own goes to another member with the role OWNER;
 * without one it stays the account's and is deleted with it.
 */
export async function handOverOrganizations(
  tx: Prisma.TransactionClient,
  accountId: string,
): Promise<Heir[]> {
  const own = await tx.organization.findMany({
    where: {
      OR: [{ ownerId: accountId }, { ownerId: null, members: { some: { accountId, role: 'OWNER' } } }],
    },
    orderBy: { id: 'asc' },
  });
  if (own.length === 0) return [];
  const gone = await tx.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { email: true, releasedEmail: true },
  });
  const heirs: Heir[] = [];
  for (const organization of own) {
    await lockOrganization(tx, organization.id);
    if (organization.ownerId === null) heirs.push(...(await leaveRunByOwners(tx, organization, accountId)));
    else {
      const others = await othersOf(tx, organization.id, accountId);
      const owners = usableFirst(others.filter(({ role }) => role === 'OWNER'));
      heirs.push(...(await passOn(tx, organization, owners, gone)));
    }
  }
  return heirs;
}
