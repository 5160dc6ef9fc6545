import { DomainError, notFound } from '../../../errors/domainError.ts';
import type { MemberRole, Organization, Prisma, PrismaClient } from '../../../generated/sqlite/client.ts';
import type { Caller, GraphContext } from '../../core/context.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { ensureOrganization } from './ensureOrganization.ts';

/** An organization with the role that the caller has in it. */
export interface Access extends Organization {
  readonly role: MemberRole;
}

/** The accesses of one request, so that a rule and its resolver read once. */
const known = new WeakMap<GraphContext, Map<number | undefined, Promise<Access>>>();

/** Drops what {@link accessOf} has read in this request; call it after changing an organization or its members. */
export function forgetAccess(context: GraphContext): void {
  known.delete(context);
}

/**
 * The organization that a request acts for: the one it names, else the one its API key is bound
 * to, else the account's own, which is made on first use. A binding chooses, it does not fence in: a
 * key is its account's, on every API. Throws NOT_FOUND for one that the caller is no member of.
 */
export function accessOf(context: GraphContext, organizationId?: number | null): Promise<Access> {
  const id = organizationIdFor(requireCaller(context), organizationId);
  const ofRequest = known.get(context) ?? new Map<number | undefined, Promise<Access>>();
  known.set(context, ofRequest);
  const access = ofRequest.get(id) ?? load(context, id);
  ofRequest.set(id, access);
  return access;
}

/** Which organization a caller acts for; undefined is the account's own. Throws FORBIDDEN for the console. */
export function organizationIdFor(
  { credential }: Caller,
  organizationId?: number | null,
): number | undefined {
  // The console acts as nobody, so there is no organization of its own.
  if (credential.kind === 'OPERATOR') throw new DomainError('FORBIDDEN');
  const bound = credential.kind === 'API_KEY' ? credential.organizationId : null;
  return organizationId ?? bound ?? undefined;
}

async function load(context: GraphContext, id: number | undefined): Promise<Access> {
  const { account } = requireCaller(context);
  if (id !== undefined) {
    const access = await findAccess(context.db, account.id, id);
    if (!access) throw notFound('Organization');
    return access;
  }
  const own = await findOwn(context.db, account.id);
  if (own) return own;
  await ensureOrganization(context.db, account);
  const made = await findOwn(context.db, account.id);
  if (!made) throw new DomainError('CREDENTIAL_INVALID');
  return made;
}

/** An account's access to an organization; null when it is no member. One statement. */
export async function findAccess(
  db: Prisma.TransactionClient,
  accountId: string,
  id: number,
): Promise<Access | null> {
  const [row] = await db.$queryRaw<Access[]>`
    SELECT o.*, m."role"
    FROM "OrganizationMember" m JOIN "Organization" o ON o."id" = m."organizationId"
    WHERE m."accountId" = ${accountId} AND m."organizationId" = ${id}`;
  return row ?? null;
}

async function findOwn(db: PrismaClient, accountId: string): Promise<Access | null> {
  const [row] = await db.$queryRaw<Access[]>`
    SELECT o.*, m."role"
    FROM "Organization" o JOIN "OrganizationMember" m
      ON m."organizationId" = o."id" AND m."accountId" = o."ownerId"
    WHERE o."ownerId" = ${accountId}`;
  return row ?? null;
}

/** True for owners and administrators, else FORBIDDEN. */
export const mayManage = ({ role }: Access): true | DomainError =>
  role !== 'VIEWER' || new DomainError('FORBIDDEN');

/** The same while the organization works, else ORGANIZATION_SUSPENDED. */
export function mayChange(access: Access): true | DomainError {
  const allowed = mayManage(access);
  return allowed === true && access.status === 'SUSPENDED'
    ? new DomainError('ORGANIZATION_SUSPENDED')
    : allowed;
}
