import { z } from 'zod';
import { graphql, type ResultOf } from '../../../graph/core/documents.ts';
import { time, toTime, toTimeOrNull } from './times.ts';

/** "Node passwords", in its order. */
export const password = z.strictObject({
  id: z.int(),
  name: z.string(),
  node: z.int(),
  password: z.string(),
  is_active: z.boolean(),
  bandwidth_limit: z.int(),
  upload_transfer: z.int(),
  download_transfer: z.int(),
  transfer_limit: z.int(),
  share_code: z.string(),
  transfer_is_monthly: z.boolean(),
  updated_at: time,
  created_at: time,
  expire_time: time.nullable(),
  is_expired: z.boolean(),
});

export const PasswordFields = graphql(`
  fragment BingoPassword on VpnPassword @_unmask {
    id
    name
    nodeId
    password
    active
    bandwidthLimit
    upload
    download
    transferLimit
    shareCode
    transferIsMonthly
    updatedAt
    createdAt
    expiresAt
    expired
  }
`);

/** A password as the contract shows it. */
export function toPassword(row: ResultOf<typeof PasswordFields>): z.infer<typeof password> {
  return {
    id: row.id,
    name: row.name,
    node: row.nodeId,
    password: row.password,
    is_active: row.active,
    bandwidth_limit: row.bandwidthLimit,
    upload_transfer: row.upload,
    download_transfer: row.download,
    transfer_limit: row.transferLimit,
    share_code: row.shareCode,
    transfer_is_monthly: row.transferIsMonthly,
    updated_at: toTime(row.updatedAt),
    created_at: toTime(row.createdAt),
    expire_time: toTimeOrNull(row.expiresAt),
    is_expired: row.expired,
  };
}
