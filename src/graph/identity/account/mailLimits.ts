import type { Bucket, Limiters } from '../../../platform/limiter/limiters.ts';

/** `inviter` limits by the account that invites, the others by the address that is written to. */
type Kind = 'verification' | 'reset' | 'invitation' | 'inviter';

/** Keeps strangers from filling somebody's mailbox. */
export interface MailLimits {
  /** True when another mail of the kind may go to the address; the mail is counted. */
  allow(kind: Kind, key: string): Promise<boolean>;
}

/**
 * Verification: one a minute and five an hour (RESTume "resend-verification"); reset: ten an hour;
 * invitations to an organization: five an hour to an address, fifty from an account.
 */
export function createMailLimits(limiters: Limiters): MailLimits {
  const hourSeconds = 3600;
  const buckets: Record<Kind, readonly Bucket[]> = {
    verification: [
      limiters.bucket({ name: 'mail-verification-minute', points: 1, windowSeconds: 60 }),
      limiters.bucket({ name: 'mail-verification-hour', points: 5, windowSeconds: hourSeconds }),
    ],
    reset: [limiters.bucket({ name: 'mail-reset-hour', points: 10, windowSeconds: hourSeconds })],
    invitation: [limiters.bucket({ name: 'mail-invitation-hour', points: 5, windowSeconds: hourSeconds })],
    inviter: [limiters.bucket({ name: 'mail-inviter-hour', points: 50, windowSeconds: hourSeconds })],
  };
  return {
    async allow(kind, key) {
      for (const bucket of buckets[kind]) {
        if (!(await bucket.consume(key)).allowed) return false;
      }
      return true;
    },
  };
}
