import type { Account, Prisma, PrismaClient } from '../../generated/sqlite/client.ts';
import type { ExportSection } from './exportData.ts';

/** What a wing adds to the row of an account that is being created. */
export type AccountStart = Pick<
  Prisma.AccountUncheckedCreateInput,
  'activeLocationId' | 'locationMemberships'
>;

/** Tells, under the account's lock, whether everything that is the account's now was locked before it. */
export type LocksHold = () => Promise<boolean>;

/** The address of an account before and after a change. */
export interface AddressChange {
  readonly accountId: string;
  readonly before: string;
  readonly after: string;
}

/** Somebody else's membership in what an account administers. */
export interface OthersMembership {
  readonly id: string;
  readonly email: string;
  /** What the membership is in, and as what. */
  readonly place: string;
  readonly role: string;
}

/** What a wing did at the first proof of an address. */
export interface FirstProof {
  /** How many of each kind it ended. */
  readonly ended: Readonly<Record<string, number>>;
  /** The other accounts whose credentials are to be forgotten after the commit. */
  readonly changed?: readonly string[];
  /** What stays and may have been set up by an earlier registrant: its owner is asked to look through it. */
  readonly toReview?: readonly OthersMembership[];
}

/** An account that an administrator suspends or reactivates, or whose owner requests its deletion or is restored. */
export interface Suspension {
  readonly accountId: string;
  /** False when it is reactivated or restored. */
  readonly suspended: boolean;
}

/** Another account that takes over what was of several, as the one that governed it goes. */
export interface Heir {
  readonly id: string;
  readonly email: string;
  /** What it governs from now on. */
  readonly governs: { readonly type: string; readonly id: string; readonly name: string };
  readonly role: string;
}

/** What follows for other accounts from one that is erased. */
export interface Erasure {
  /** The accounts whose credentials are to be forgotten after the commit. */
  readonly affected: readonly string[];
  readonly heirs: readonly Heir[];
}

/**
 * What identity sets off in the wings when something happens to an account. Identity knows no wing: each
 * declares what it does in its `lifecycle.ts`, and the assembly puts them together ({@link joinLifecycles}).
 * These are no events: a hook that takes `tx` runs inside the caller's transaction, and what it throws undoes
 * that transaction.
 *
 * The order of locks, for every transaction that takes more than one. Two of the same kind in the order of ids:
 *
 * 1. locations (`lockLocation`, in the hooks `invited` and `lockBeforeAccount`),
 * 2. all administrators of the server (`lockAdministrators`),
 * 3. the account itself (`lockAccount`, `lockCaller`),
 * 4. organizations (`lockOrganization`, in the hooks `bindKey`, `firstProof` and `erase`; `addressChanged` writes its row).
 */
export interface AccountLifecycle {
  /** Whether a registration code leads into the wing. Runs before the transaction of the registration. */
  isInvited(db: PrismaClient, code: string): Promise<boolean>;
  /**
   * What a new account that registers with a code begins with. Runs before the account is created; locks what the
   * code leads to. Throws NOT_FOUND when the code leads nowhere any more.
   */
  invited(tx: Prisma.TransactionClient, code: string): Promise<AccountStart>;
  /**
   * Completes an account whose owner was just proven. Runs in no transaction, because nearly always there
   * is nothing to do: a wing opens its own, with the locks in the order above. Returns the row as
   * it was changed; null when it stays as it is.
   */
  signedIn(db: PrismaClient, account: Account): Promise<Account | null>;
  /**
   * Ends what was set up before the address of the account was proven for the first time, by an earlier registrant
   * or by who gave the account an address that is not theirs. Runs under the locks of `lockBeforeAccount` and of the
   * account.
   */
  firstProof(tx: Prisma.TransactionClient, accountId: string): Promise<FirstProof>;
  /**
   * Follows a change of the account's address; the new one is not proven yet. Runs under the account's lock, after its
   * row was changed.
   */
  addressChanged(tx: Prisma.TransactionClient, change: AddressChange): Promise<void>;
  /**
   * Ends what goes on in the account's name while it is suspended or waits for its deletion, and may resume it afterwards. Its sessions and keys
   * are identity's: they are refused meanwhile, and callers who are in are re-checked after the commit. Runs under the
   * locks of all administrators and of the account, after its row was changed; takes no locks of its own.
   */
  suspended(tx: Prisma.TransactionClient, suspension: Suspension): Promise<void>;
  /**
   * Binds a new key to an organization. Runs under the account's lock; locks the organization.
   * Throws NOT_FOUND for one that the account does not belong to.
   */
  bindKey(tx: Prisma.TransactionClient, accountId: string, organizationId: number): Promise<void>;
  /** Which accounts are of no use outside of what the holder administers: one condition, so that all wings cost one statement. */
  heldBy(holderId: string): Prisma.AccountWhereInput;
  /**
   * Locks what must be locked before an account that is to go, or whose address is proven for the first time. An account can still come to something new between
   * this and its own lock; the caller then starts the transaction again.
   */
  lockBeforeAccount(tx: Prisma.TransactionClient, accountId: string): Promise<LocksHold>;
  /** Throws the reason why the account must not go yet. Runs under all locks. */
  mayErase(tx: Prisma.TransactionClient, accountId: string): Promise<void>;
  /**
   * Gives what would have nobody to govern it, once the account waits for its deletion, to others who can, without
   * taking anything from the account: it may be restored. Runs under all locks, after its row was changed.
   */
  handOver(tx: Prisma.TransactionClient, accountId: string): Promise<readonly Heir[]>;
  /** Deletes what goes with the account, and hands over what stays. Runs under all locks, before the row is deleted. */
  erase(tx: Prisma.TransactionClient, accountId: string): Promise<Erasure>;
  /** Which accounts have nothing in the wing: one condition, as in `heldBy`. */
  withNothing(): Prisma.AccountWhereInput;
  /**
   * Which rows the account owns, by sections that are read page by page. Reads nothing itself, and takes part in no
   * transaction: pages of a long export are read over minutes.
   */
  exportData(accountId: string): readonly ExportSection[];
}

/** The hooks of several wings as one: each runs in turn, in the order of the list, which is also that of locks. */
export function joinLifecycles(wings: readonly Partial<AccountLifecycle>[]): AccountLifecycle {
  return {
    async isInvited(db, code) {
      for (const wing of wings) if (await wing.isInvited?.(db, code)) return true;
      return false;
    },
    async invited(tx, code) {
      let start: AccountStart = {};
      for (const wing of wings) start = { ...start, ...(await wing.invited?.(tx, code)) };
      return start;
    },
    async signedIn(db, account) {
      let changed: Account | null = null;
      for (const wing of wings) changed = (await wing.signedIn?.(db, changed ?? account)) ?? changed;
      return changed;
    },
    async firstProof(tx, accountId) {
      const all: FirstProof[] = [];
      for (const wing of wings) {
        const done = await wing.firstProof?.(tx, accountId);
        if (done) all.push(done);
      }
      return {
        ended: Object.assign({}, ...all.map(({ ended }) => ended)),
        changed: all.flatMap(({ changed = [] }) => changed),
        toReview: all.flatMap(({ toReview = [] }) => toReview),
      };
    },
    async addressChanged(tx, change) {
      for (const wing of wings) await wing.addressChanged?.(tx, change);
    },
    async suspended(tx, suspension) {
      for (const wing of wings) await wing.suspended?.(tx, suspension);
    },
    async bindKey(tx, accountId, organizationId) {
      for (const wing of wings) await wing.bindKey?.(tx, accountId, organizationId);
    },
    heldBy: (holderId) => ({ AND: wings.flatMap((wing) => wing.heldBy?.(holderId) ?? []) }),
    async lockBeforeAccount(tx, accountId) {
      const held: LocksHold[] = [];
      for (const wing of wings) {
        const lock = await wing.lockBeforeAccount?.(tx, accountId);
        if (lock) held.push(lock);
      }
      return async () => {
        for (const holds of held) if (!(await holds())) return false;
        return true;
      };
    },
    async mayErase(tx, accountId) {
      for (const wing of wings) await wing.mayErase?.(tx, accountId);
    },
    async handOver(tx, accountId) {
      const heirs: Heir[] = [];
      for (const wing of wings) heirs.push(...((await wing.handOver?.(tx, accountId)) ?? []));
      return heirs;
    },
    async erase(tx, accountId) {
      const affected: string[] = [];
      const heirs: Heir[] = [];
      for (const wing of wings) {
        const erasure = await wing.erase?.(tx, accountId);
        affected.push(...(erasure?.affected ?? []));
        heirs.push(...(erasure?.heirs ?? []));
      }
      return { affected, heirs };
    },
    withNothing: () => ({ AND: wings.flatMap((wing) => wing.withNothing?.() ?? []) }),
    exportData: (accountId) => wings.flatMap((wing) => wing.exportData?.(accountId) ?? []),
  };
}
