import type { VpnPassword } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import type { Payload } from '../../core/mutation.ts';
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

export const VpnPasswordType = builder.objectRef<PasswordView>('VpnPassword').implement({
  description: 'With what a person connects to a node.',
  fields: (t) => ({
    id: t.exposeInt('id', { description: 'A whole number.' }),
    nodeId: t.exposeInt('nodeId', { description: 'The node.' }),
    name: t.exposeString('name', { description: 'What it is called, such as its user.' }),
    password: t.exposeString('password', { description: 'The password itself.' }),
    active: t.exposeBoolean('active', { description: 'False when it was switched off.' }),
    bandwidthLimit: t.exposeInt('bandwidthLimit', { description: 'MB a second.' }),
    upload: t.expose('upload', {
      type: 'BigInt',
      description: 'Bytes up, in this month if the limit is monthly.',
    }),
    download: t.expose('download', { type: 'BigInt', description: 'Bytes down, likewise.' }),
    transferLimit: t.exposeInt('transferLimit', {
      description: 'GB (10^9 bytes) up and down together; 0 is none.',
    }),
    transferIsMonthly: t.exposeBoolean('transferIsMonthly', {
      description: 'Whether the transfer counts from the first day of the month, UTC.',
    }),
    shareCode: t.exposeString('shareCode', { description: 'Whoever knows it may read the password.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its time ends.',
    }),
    expired: t.exposeBoolean('expired', { description: 'Whether its time has ended.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When somebody last changed it.' }),
  }),
});

/** The payload of a mutation that changes a password. */
export const vpnPasswordPayload = (mutation: string): Payload<{ readonly vpnPassword: PasswordView }> => ({
  description: `What \`${mutation}\` returns.`,
  outputFields: (t) => ({
    vpnPassword: t.expose('vpnPassword', {
      type: VpnPasswordType,
      description: 'The password as it is now.',
    }),
  }),
});
