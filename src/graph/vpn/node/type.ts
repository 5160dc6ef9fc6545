import { builder } from '../../core/builder.ts';
import type { Payload } from '../../core/mutation.ts';
import { countryName } from './countries.ts';
import { type NodeStatus, redeployable } from './effectiveStatus.ts';
import type { NodeView } from './view.ts';

export const VpnNodeStatusEnum = builder.enumType('VpnNodeStatus', {
  description: 'What a VPN node is at the moment of reading.',
  values: {
    PENDING: { description: 'Made, and not heard of yet.' },
    DEPLOYING: { description: 'Being deployed; the first heartbeat ends that.' },
    DEPLOYMENT_FAILED: { description: 'No heartbeat came within 15 minutes of a deployment.' },
    OFFLINE: { description: 'Heartbeats have stopped.' },
    DISABLED: { description: 'Switched off by hand.' },
    EXPIRED: { description: 'Past its time.' },
    DEPLOYED: { description: 'At work.' },
  } satisfies Record<NodeStatus, unknown>,
});

export const VpnNodeType = builder.objectRef<NodeView>('VpnNode').implement({
  description: 'A VPN server. Its agent reports by heartbeats.',
  fields: (t) => ({
    id: t.exposeInt('id', { description: 'A whole number.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    ip: t.exposeString('ip', { description: 'IPv4 or IPv6 address.' }),
    host: t.exposeString('host', { description: 'Host name, lower-case.' }),
    port: t.exposeInt('port', { description: 'Where it accepts connections.' }),
    country: t.exposeString('country', { description: 'ISO 3166-1 alpha-2, lower-case.' }),
    countryName: t.string({
      description: 'The English name of the country.',
      resolve: ({ country }) => countryName(country),
    }),
    info: t.exposeString('info', { nullable: true, description: 'A note.' }),
    instanceId: t.exposeString('instanceId', { nullable: true, description: 'The machine it runs on.' }),
    instanceStatus: t.exposeInt('instanceStatus', {
      description: 'What its agent says of the machine; -1 without one.',
    }),
    bandwidth: t.exposeFloat('bandwidth', { description: 'As the last heartbeat reported it.' }),
    bandwidthUsedM: t.exposeFloat('bandwidthUsedM', { description: 'As the last heartbeat reported it.' }),
    status: t.expose('status', { type: VpnNodeStatusEnum, description: 'What it is now.' }),
    statusChangedAt: t.expose('statusChangedAt', { type: 'DateTime', description: 'Since when it is that.' }),
    online: t.exposeBoolean('online', {
      description: 'Whether heartbeats are coming in, whatever the status.',
    }),
    canRedeploy: t.boolean({
      description: 'Whether `redeployVpnNode` would do something.',
      resolve: ({ status }) => redeployable.includes(status),
    }),
    lastHeartbeatAt: t.expose('lastHeartbeatAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its agent last reported.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its time ends.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When somebody last changed it.' }),
  }),
});

/** The payload of a mutation that changes a node. */
export const vpnNodePayload = (mutation: string): Payload<{ readonly vpnNode: NodeView }> => ({
  description: `What \`${mutation}\` returns.`,
  outputFields: (t) => ({
    vpnNode: t.expose('vpnNode', { type: VpnNodeType, description: 'The node as it is now.' }),
  }),
});
