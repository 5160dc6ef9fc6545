import type { VpnPassword } from '../../../generated/sqlite/client.ts';
import { isExpired, transferOf } from './transfer.ts';
import type { PasswordVault } from './vault.ts';

/** A password as it is at a moment, opened. */
export interface PasswordView extends VpnPassword {
  readonly password: string;
  readonly upload: bigint;
  readonly download: bigint;
  readonly expired: boolean;
}

/** Opens a row and works out what depends on the time. */
export function viewPassword(row: VpnPassword, vault: PasswordVault, now: Date): PasswordView {
  return {
    ...row,
    password: vault.open(row.nodeId, row.sealed),
    ...transferOf(row, now),
    expired: isExpired(row, now),
  };
}
