import { z } from 'zod';
import { graphql, type ResultOf } from '../../../graph/core/documents.ts';
import { time, toTime, toTimeOrNull } from './times.ts';

/** "Status codes" with their texts, by the graph's names. */
export const nodeStatuses = {
  PENDING: { code: 0, display: 'Pending' },
  DEPLOYING: { code: 1, display: 'Deploying' },
  DEPLOYMENT_FAILED: { code: 2, display: 'Deployment Failed' },
  OFFLINE: { code: 3, display: 'Offline' },
  DISABLED: { code: 4, display: 'Disabled' },
  EXPIRED: { code: 5, display: 'Expired' },
  DEPLOYED: { code: 9, display: 'Deployment Successful' },
} as const;

/** "Node object", in its order. */
export const node = z.strictObject({
  id: z.int(),
  country: z.string(),
  country_display: z.string(),
  name: z.string(),
  ip: z.string(),
  host: z.string(),
  port: z.int(),
  instance_id: z.string().nullable(),
  instance_status: z.int(),
  bandwidth: z.number(),
  bandwidth_used_m: z.number(),
  status: z.int(),
  status_display: z.string(),
  can_redeploy: z.boolean(),
  info: z.string().nullable(),
  expire_time: time.nullable(),
  status_update_time: time,
  update_time: time,
  create_time: time,
});

export const NodeFields = graphql(`
  fragment BingoNode on VpnNode @_unmask {
    id
    country
    countryName
    name
    ip
    host
    port
    instanceId
    instanceStatus
    bandwidth
    bandwidthUsedM
    status
    canRedeploy
    info
    expiresAt
    statusChangedAt
    updatedAt
    createdAt
  }
`);

/** A node as the contract shows it. */
export function toNode(row: ResultOf<typeof NodeFields>): z.infer<typeof node> {
  return {
    id: row.id,
    country: row.country,
    country_display: row.countryName,
    name: row.name,
    ip: row.ip,
    host: row.host,
    port: row.port,
    instance_id: row.instanceId,
    instance_status: row.instanceStatus,
    bandwidth: row.bandwidth,
    bandwidth_used_m: row.bandwidthUsedM,
    status: nodeStatuses[row.status].code,
    status_display: nodeStatuses[row.status].display,
    can_redeploy: row.canRedeploy,
    info: row.info,
    expire_time: toTimeOrNull(row.expiresAt),
    status_update_time: toTime(row.statusChangedAt),
    update_time: toTime(row.updatedAt),
    create_time: toTime(row.createdAt),
  };
}

/** What GET and PUT of a node's status answer. */
export const nodeStatus = z.strictObject({
  status: z.int(),
  status_display: z.string(),
  status_update_time: time,
  last_heartbeat: time.nullable(),
  online: z.boolean(),
});

export const NodeStatusFields = graphql(`
  fragment BingoNodeStatus on VpnNode @_unmask {
    status
    statusChangedAt
    lastHeartbeatAt
    online
  }
`);

/** A node's status as the contract shows it. */
export function toNodeStatus(row: ResultOf<typeof NodeStatusFields>): z.infer<typeof nodeStatus> {
  return {
    status: nodeStatuses[row.status].code,
    status_display: nodeStatuses[row.status].display,
    status_update_time: toTime(row.statusChangedAt),
    last_heartbeat: toTimeOrNull(row.lastHeartbeatAt),
    online: row.online,
  };
}
