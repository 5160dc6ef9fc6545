import { DomainError } from '../../errors/domainError.ts';
import type { Caller } from '../../graph/core/context.ts';
import { addressKey } from '../../platform/limiter/addressKey.ts';
import type { Bucket, Limiters, LimitState } from '../../platform/limiter/limiters.ts';
import type { Api, LimitRule } from './api.ts';
import type { Route } from './route.ts';

/** What a limit said: the headers for the answer, and the refusal if it was one. */
export interface LimitResult {
  readonly headers: Record<string, string>;
  readonly rejection: DomainError | undefined;
}

/** The limits of one API, at work. */
export interface Limits {
  /** Counts a request of a route; null stands for a path or method that is not there. */
  count(
    route: Pick<Route, 'method' | 'path'> | null,
    caller: Caller | null,
    address: string,
  ): Promise<LimitResult>;
  /**
   * Counts a caller's request as under way; the answer ends that. Throws RATE_LIMITED when too many are.
   * A caller without a credential is not counted.
   */
  enter(caller: Caller | null): Promise<() => void>;
}

/** Somebody's answers will be out in a moment; nobody can say when. */
const retryInFlightSeconds = 1;

function identityOf(caller: Caller | null, address: string, by: LimitRule['by'] = 'credential'): string {
  // The whole credential's row, never a part of its text: parts collide.
  return by === 'credential' && caller && caller.credential.kind !== 'OPERATOR'
    ? `c:${caller.credential.id}`
    : `a:${addressKey(address)}`;
}

/** The smaller, the sooner a limit refuses; of those that refuse, the one that does so longest comes first. */
function tightness({ allowed, remaining, retryAfterSeconds }: LimitState): number {
  return allowed ? remaining : -retryAfterSeconds;
}

/** The limits of one API. A route that no rule applies to is not limited; a test sees to it that there is none. */
export function createLimits(api: Api, limiters: Limiters): Limits {
  const { rules, headers, unknownCountsAs, maxInFlight } = api.limits;
  const buckets = new Map<string, Bucket>();
  for (const { name, points, windowSeconds } of rules) {
    if (!buckets.has(name)) {
      buckets.set(name, limiters.bucket({ name: `${api.name}-${name}`, points, windowSeconds }));
    }
  }
  const inFlight =
    maxInFlight === undefined ? undefined : limiters.inFlight({ name: api.name, max: maxInFlight });

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
