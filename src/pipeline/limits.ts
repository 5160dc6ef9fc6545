import { DomainError } from '../errors/domainError.ts';
import type { Plan } from '../generated/sqlite/client.ts';
import type { Caller } from '../graph/core/context.ts';
import { addressKey } from '../platform/limiter/addressKey.ts';
import type { Bucket, Limiters, LimitState } from '../platform/limiter/limiters.ts';

/** A route as limits know it. */
export interface LimitedRoute {
  readonly method: string;
  /** As declared, with `:name` for variable segments. */
  readonly path: string;
}

/** "At most so many requests a window", for the routes it applies to. */
export interface LimitRule {
  /** Rules of one name share their counts. */
  readonly name: string;
  readonly points: number;
  readonly windowSeconds: number;
  /** What is counted: each credential by itself (the address for a caller without one) unless given, each account, or each address. */
  readonly by?: 'credential' | 'account' | 'address';
  /** `caller` is null for a request without a valid credential. */
  readonly appliesTo: (route: LimitedRoute, caller: Caller | null) => boolean;
}

/** The limits of an entry point. All rules that apply to a request count it; the headers describe the one with the least left. */
export interface RequestLimits {
  readonly rules: readonly LimitRule[];
  /** The routes that no rule counts, such as `GET /health`, because the contract says so. */
  readonly unlimited?: readonly string[];
  /** The name of the rule that counts calls to unknown paths and methods; missing: they are not counted. */
  readonly unknownCountsAs?: string;
  /** How many requests of one valid credential may be in flight at once; missing: any number. */
  readonly maxInFlight?: number;
  readonly headers: (state: LimitState, rule: LimitRule) => Record<string, string>;
}

const plans = ['FREE', 'PRO', 'SCALE'] as const satisfies readonly Plan[];

/**
 * Bounds all credentials of an account together, beside a rule for each of them: what one may, times the keys that the
 * plan allows. Keys of every form and sessions count, since each of them is one more count of the rule.
 */
export function perAccount(rule: LimitRule, keysOf: (plan: Plan) => number): LimitRule[] {
  return plans.map((plan) => ({
    name: `${rule.name}-account-${plan.toLowerCase()}`,
    points: rule.points * keysOf(plan),
    windowSeconds: rule.windowSeconds,
    by: 'account',
    appliesTo: (route, caller) => caller?.account.plan === plan && rule.appliesTo(route, caller),
  }));
}

/** The rules, each with those that bound accounts ({@link perAccount}). */
export function withAccounts(rules: readonly LimitRule[], keysOf: (plan: Plan) => number): LimitRule[] {
  return rules.flatMap((rule) => [rule, ...perAccount(rule, keysOf)]);
}

/** The result of counting a request: the headers for the answer, and the error to reject it with, if any. */
export interface LimitResult {
  readonly headers: Record<string, string>;
  readonly rejection: DomainError | undefined;
}

/** Counts requests. */
export interface RequestCounter {
  /** Counts a request of a route; null stands for an unknown path or method. */
  count(route: LimitedRoute | null, caller: Caller | null, address: string): Promise<LimitResult>;
  /**
   * Takes one of the caller's slots for requests in flight; the returned function frees it. Throws RATE_LIMITED when
   * all are taken. A caller without a credential needs none.
   */
  enter(caller: Caller | null): Promise<() => void>;
}

/** A slot frees up when a response finishes, which cannot be predicted. */
const retryInFlightSeconds = 1;

function identityOf(caller: Caller | null, address: string, by: LimitRule['by'] = 'credential'): string {
  if (by === 'address' || !caller || caller.credential.kind === 'OPERATOR') return `a:${addressKey(address)}`;
  // The whole credential's row, never a part of its text: parts collide.
  return by === 'credential' ? `c:${caller.credential.id}` : `o:${caller.account.id}`;
}

/** The smaller, the sooner a limit rejects; of those that reject, the one that does so longest comes first. */
function tightness({ allowed, remaining, retryAfterSeconds }: LimitState): number {
  return allowed ? remaining : -retryAfterSeconds;
}

/** Counts the requests of one entry point. A route that no rule applies to is not limited; a test makes sure that there is none. */
export function createRequestCounter(
  { name: owner, limits }: { readonly name: string; readonly limits: RequestLimits },
  limiters: Limiters,
): RequestCounter {
  const { rules, headers, unknownCountsAs, maxInFlight } = limits;
  const buckets = new Map<string, Bucket>();
  for (const { name, points, windowSeconds } of rules) {
    if (!buckets.has(name)) {
      buckets.set(name, limiters.bucket({ name: `${owner}-${name}`, points, windowSeconds }));
    }
  }
  const inFlight =
    maxInFlight === undefined ? undefined : limiters.inFlight({ name: owner, max: maxInFlight });

  return {
    async count(route, caller, address) {
      const applying = rules.filter((rule) =>
        route ? rule.appliesTo(route, caller) : rule.name === unknownCountsAs,
      );
      const counted = await Promise.all(
        applying.map(async (rule) => {
          const state = await (buckets.get(rule.name) as Bucket).consume(
            identityOf(caller, address, rule.by),
          );
          return { rule, state };
        }),
      );
      const [tightest] = counted.sort((a, b) => tightness(a.state) - tightness(b.state));
      if (!tightest) return { headers: {}, rejection: undefined };
      const { allowed, retryAfterSeconds } = tightest.state;
      return {
        headers: headers(tightest.state, tightest.rule),
        rejection: allowed ? undefined : new DomainError('RATE_LIMITED', { retryAfterSeconds }),
      };
    },
    async enter(caller) {
      if (!inFlight || !caller || caller.credential.kind === 'OPERATOR') return () => {};
      const leave = await inFlight.acquire(identityOf(caller, ''));
      if (!leave) throw new DomainError('RATE_LIMITED', { retryAfterSeconds: retryInFlightSeconds });
      return leave;
    },
  };
}
