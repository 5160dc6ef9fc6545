import type { Tunnel, TunnelStatus } from '../../generated/sqlite/client.ts';
import { Prisma } from '../../generated/sqlite/client.ts';
import { builder } from '../core/builder.ts';
import { listBelow } from '../core/nestedList.ts';
import { AccountType } from '../identity/account/type.ts';

const TunnelStatusEnum = builder.enumType('TunnelStatus', {
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
      resolve: (tunnel, _args, { services }) => {
        const url = new URL(services.site.url());
        url.hostname = `${tunnel.subdomain}.${services.config.tunnelDomain}`;
        return url.origin;
      },
    }),
  }),
});

const tunnelsOf = listBelow<string, Tunnel, Tunnel, readonly TunnelStatus[]>({
  table: 'Tunnel',
  parent: 'accountId',
  parentType: 'text',
  idType: 'uuid',
  order: 'NEWEST_FIRST',
  read: () => ({
    view: (row) => row,
    where: (statuses) => {
      const texts = statuses.map((status) => Prisma.raw(`'${status}'`));
      return texts.length > 0 ? Prisma.sql`c."status" IN (${Prisma.join(texts)})` : Prisma.sql`1 = 0`;
    },
  }),
});

builder.objectField(AccountType, 'tunnels', (t) =>
  t.connection({
    type: TunnelType,
    description: 'The tunnels of the account, newest first.',
    args: {
      status: t.arg({ type: [TunnelStatusEnum], description: 'Only tunnels in one of these states.' }),
    },
    resolve: ({ id }, { status, ...args }, context, info) =>
      tunnelsOf(id, { ...args, filter: status }, context, info),
  }),
);
