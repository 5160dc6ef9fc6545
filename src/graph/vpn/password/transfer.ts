import type { VpnPassword } from '../../../generated/sqlite/client.ts';

/**
 * Transfer limits are in GB of 10^9 bytes, as networks and their prices count (a GiB would be 2^30).
 */
const bytesPerGb = 1_000_000_000n;

/** What the transfer of a password is worked out from. */
export type TransferFacts = Pick<
  VpnPassword,
  | 'transferLimit'
  | 'transferIsMonthly'
  | 'uploadReported'
  | 'downloadReported'
  | 'uploadReset'
  | 'downloadReset'
  | 'uploadMonth'
  | 'downloadMonth'
  | 'month'
>;

/** The month (UTC) of a moment as a number that counts up, such as 202611. */
export function monthOf(moment: Date): number {
  return moment.getUTCFullYear() * 100 + moment.getUTCMonth() + 1;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/**
 * Bytes up and down since the counting began: since somebody reset them, and for a monthly limit
 * since the month began. The agent's totals run on, so what they were then is taken off; while the
 * month has no report yet, that is all of them. So a new month needs no job.
 */
export function transferOf(facts: TransferFacts, now: Date): { upload: bigint; download: bigint } {
  const { transferIsMonthly, uploadReported, downloadReported } = facts;
  let upload = facts.uploadReset;
  let download = facts.downloadReset;
  if (transferIsMonthly) {
    const reportedThisMonth = facts.month >= monthOf(now);
    upload = larger(upload, reportedThisMonth ? facts.uploadMonth : uploadReported);
    download = larger(download, reportedThisMonth ? facts.downloadMonth : downloadReported);
  }
  return { upload: uploadReported - upload, download: downloadReported - download };
}

/** Whether the limit is used up. */
export function isTransferUsedUp(facts: TransferFacts, now: Date): boolean {
  if (facts.transferLimit === 0) return false;
  const { upload, download } = transferOf(facts, now);
  return upload + download >= BigInt(facts.transferLimit) * bytesPerGb;
}

/** Whether a password is past its time. */
export function isExpired({ expiresAt }: Pick<VpnPassword, 'expiresAt'>, now: Date): boolean {
  return expiresAt !== null && expiresAt.getTime() <= now.getTime();
}
