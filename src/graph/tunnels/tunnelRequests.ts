import type { Prisma, TunnelRequestKind } from '../../generated/sqlite/client.ts';
import { builder } from '../core/builder.ts';
import { keysetConnection } from '../core/keyset.ts';
import { literally } from '../core/like.ts';
import { ListOrderEnum } from '../core/listOrder.ts';
import { weigh } from '../core/weight.ts';
import { AccountType } from '../identity/account/type.ts';
import { assertOwn } from '../identity/session/ownAccount.ts';

const TunnelRequestKindEnum = builder.enumType('TunnelRequestKind', {
  description: 'What a visitor’s request was.',
  values: {
    REQUEST: { description: 'A plain request.' },
    WEBHOOK: { description: 'A delivery of a known provider’s webhook.' },
  } satisfies Record<TunnelRequestKind, unknown>,
});

const TunnelRequestType = builder.prismaObject('TunnelRequest', {
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

const TunnelRequestFilter = builder.inputType('TunnelRequestFilter', {
  description: 'Which requests; those that meet every condition given.',
  fields: (t) => ({
    kind: t.field({ type: TunnelRequestKindEnum, description: 'Of this kind.' }),
    subdomain: t.string({ description: 'Through the tunnel of this name.' }),
    method: t.string({ description: 'With this HTTP method.' }),
    pathPrefix: t.string({ description: 'Whose path begins so.' }),
    status: t.int({ description: 'That got this HTTP status.' }),
    since: t.field({ type: 'DateTime', description: 'From this moment on.' }),
    until: t.field({ type: 'DateTime', description: 'Before this moment.' }),
    search: t.string({ description: 'Whose path, method, provider or event contains this.' }),
  }),
});

function whereOf(filter: typeof TunnelRequestFilter.$inferInput): Prisma.TunnelRequestWhereInput {
  const { kind, subdomain, method, pathPrefix, status, since, until, search } = filter;
  return {
    ...(kind && { kind }),
    ...(subdomain != null && { tunnel: { subdomain } }),
    ...(method != null && { method: method.toUpperCase() }),
    ...(pathPrefix != null && { path: { startsWith: literally(pathPrefix) } }),
    ...(status != null && { status }),
    ...((since || until) && { createdAt: { ...(since && { gte: since }), ...(until && { lt: until }) } }),
    ...(search && {
      OR: (['path', 'method', 'provider', 'eventType'] as const).map((field) => ({
        [field]: { contains: literally(search) },
      })),
    }),
  };
}

builder.objectField(AccountType, 'tunnelRequests', (t) =>
  t.connection({
    type: TunnelRequestType,
    description: 'What visitors asked of your tunnels.',
    args: {
      filter: t.arg({ type: TunnelRequestFilter, description: 'Which requests.' }),
      order: t.arg({
        type: ListOrderEnum,
        required: true,
        defaultValue: 'NEWEST_FIRST',
        description: 'Which end comes first.',
      }),
    },
    extensions: weigh({ statements: 2 }),
    resolve: (account, { filter, order, ...args }, context) => {
      assertOwn(context, account);
      const own = { accountId: account.id, ...(filter && whereOf(filter)) };
      return keysetConnection(
        args,
        ({ where, ...page }) =>
          context.db.tunnelRequest.findMany({
            where: { AND: [where, own] },
            include: { tunnel: true },
            ...page,
          }),
        () => context.db.tunnelRequest.count({ where: own }),
        { order },
      );
    },
  }),
);
