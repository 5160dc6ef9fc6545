import { addressKey } from '../../../platform/limiter/addressKey.ts';
import type { Bucket, Limiters } from '../../../platform/limiter/limiters.ts';

/** `inviter` limits by the account that invites, the others by the mailbox that is written to. */
type Kind = 'verification' | 'reset' | 'memberReset' | 'invitation' | 'inviter';

/** Keeps strangers from filling somebody's mailbox. */
export interface MailLimits {
  /**
   * True when another mail of the kind may go to the mailbox; the mail is counted. `client` is the IP address that
   * asks for a verification or a reset: what one client uses up is left to others.
   */
  allow(kind: Kind, key: string, client?: string): Promise<boolean>;
}

/** A limit on mails, and what it counts by. */
interface Limit {
  readonly bucket: Bucket;
  readonly byClient: boolean;
}

/**
 * Verification and reset: one a minute and five an hour for a mailbox and client (RESTume "resend-verification"),
 * twenty an hour for a mailbox; a reset by an administrator of a location: ten an hour; invitations to an
 * organization: five an hour to a mailbox, fifty from an account.
 */
export function createMailLimits(limiters: Limiters): MailLimits {
  const hourSeconds = 3600;
  const limit = (name: string, points: number, windowSeconds = hourSeconds, byClient = false): Limit => ({
    bucket: limiters.bucket({ name: `mail-${name}`, points, windowSeconds }),
    byClient,
  });
  // That of the mailbox last: what the client's refuse does not count there.
  const onRequest = (kind: string) => [
    limit(`${kind}-minute`, 1, 60, true),
    limit(`${kind}-hour`, 5, hourSeconds, true),
    limit(`${kind}-mailbox`, 20),
  ];
  const limits: Record<Kind, readonly Limit[]> = {
    verification: onRequest('verification'),
    reset: onRequest('reset'),
    memberReset: [limit('member-reset-hour', 10)],
    invitation: [limit('invitation-hour', 5)],
    inviter: [limit('inviter-hour', 50)],
  };
  return {
    async allow(kind, key, client = '') {
      for (const { bucket, byClient } of limits[kind]) {
        const counted = byClient ? `${addressKey(client)} ${key}` : key;
        if (!(await bucket.consume(counted)).allowed) return false;
      }
      return true;
    },
  };
}
