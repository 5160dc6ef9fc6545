import type { TunnelRequestKind, TunnelStatus } from '../../generated/sqlite/client.ts';
import { builder } from '../core/builder.ts';

export const TunnelStatusEnum = builder.enumType('TunnelStatus', {
  description: 'Whether an agent is attached to a tunnel.',
  values: {
    ACTIVE: { description: 'An agent is attached now.' },
    INACTIVE: { description: 'The name is reserved; no agent is attached.' },
    ERROR: { description: 'The agent was lost in an unexpected way.' },
  } satisfies Record<TunnelStatus, unknown>,
});

export const TunnelType = builder.prismaObject('Tunnel', {
  description: 'A reserved public name whose traffic goes to a program on the owner’s machine.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    subdomain: t.exposeString('subdomain', { description: 'Unique on this server.' }),
    target: t.exposeString('target', { description: 'Where the agent sends the traffic.' }),
    region: t.exposeString('region', { description: 'A label of the owner’s choice.' }),
    status: t.expose('status', { type: TunnelStatusEnum, description: 'Whether an agent is attached.' }),
    requestCount: t.exposeInt('requestCount', { description: 'Requests that went through.' }),
    bytesOut: t.expose('bytesOut', { type: 'BigInt', description: 'Bytes that went through, both ways.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was reserved.' }),
    lastConnectedAt: t.expose('lastConnectedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When an agent was last attached.',
    }),
    publicUrl: t.string({
      description: 'Where visitors reach it.',
      resolve: (tunnel, _args, { services, request }) => {
        const url = new URL(request.publicUrl());
        url.hostname = `${tunnel.subdomain}.${services.config.tunnelDomain}`;
        return url.origin;
      },
    }),
  }),
});

export const TunnelRequestKindEnum = builder.enumType('TunnelRequestKind', {
  description: 'What a visitor’s request was.',
  values: {
    REQUEST: { description: 'A plain request.' },
    WEBHOOK: { description: 'A delivery of a known provider’s webhook.' },
  } satisfies Record<TunnelRequestKind, unknown>,
});

export const TunnelRequestType = builder.prismaObject('TunnelRequest', {
  description: 'One visitor’s request that went through a tunnel.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'UUID.' }),
    tunnelId: t.exposeID('tunnelId', { description: 'The tunnel.' }),
    tunnel: t.relation('tunnel', { description: 'The tunnel.' }),
    kind: t.expose('kind', {
      type: TunnelRequestKindEnum,
      description: 'Plain request or recognised webhook.',
    }),
    provider: t.exposeString('provider', { nullable: true, description: 'Who sent the webhook.' }),
    eventType: t.exposeString('eventType', { nullable: true, description: 'What the webhook tells.' }),
    method: t.exposeString('method', { description: 'HTTP method.' }),
    path: t.exposeString('path', { description: 'Path as the visitor asked for it.' }),
    status: t.exposeInt('status', { description: 'HTTP status that the visitor got.' }),
    durationMs: t.exposeInt('durationMs', { description: 'Milliseconds until the answer was complete.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it came in.' }),
  }),
});
