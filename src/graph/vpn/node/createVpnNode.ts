import { DomainError } from '../../../errors/domainError.ts';
import { Issues } from '../../../errors/issues.ts';
import { builder } from '../../core/builder.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { lockOrganizationAs } from '../organization/lockOrganization.ts';
import { maxNodes } from '../organization/rules.ts';
import { organizationWriter } from '../rules.ts';
import { announce } from './announce.ts';
import { checkNode, defaultPort, nodeLengths, normaliseNode, searchTextOf } from './rules.ts';
import { vpnNodePayload } from './type.ts';
import { readingNow, viewNode } from './view.ts';

const inputFields = inputFieldsOf((t) => ({
  ...organizationField(t),
  name: t.string({ required: true, description: `1 to ${nodeLengths.name} characters.` }),
  ip: t.string({ required: true, description: 'IPv4 or IPv6 address.' }),
  host: t.string({ required: true, description: 'Host name.' }),
  port: t.int({ required: true, defaultValue: defaultPort, description: '1 to 65535.' }),
  country: t.string({ required: true, description: 'ISO 3166-1 alpha-2.' }),
  info: t.string({ description: `A note of at most ${nodeLengths.info} characters.` }),
  instanceId: t.string({ description: 'The machine it runs on.' }),
  expiresAt: t.field({ type: 'DateTime', description: 'When its time ends; never unless given.' }),
}));

function check({ expiresAt, ...input }: Omit<InputOf<typeof inputFields>, 'organizationId'>) {
  const {
    name = '',
    ip = '',
    host = '',
    port = defaultPort,
    country = '',
    info = null,
    instanceId = null,
  } = normaliseNode(input);
  const fields = { name, ip, host, port, country, info, instanceId };
  const issues = new Issues();
  checkNode(issues, fields);
  issues.throwIfAny();
  return { ...fields, searchText: searchTextOf(fields), expiresAt: expiresAt ?? null };
}

builder.relayMutationField(
  'createVpnNode',
  { description: 'A new node.', inputFields },
  {
    access: organizationWriter,
    description: `Makes a node, which is pending until its agent reports. An organization has at most ${maxNodes}.`,
    resolve: async (_root, { input: { organizationId, ...input } }, context) => {
      const data = check(input);
      const access = await accessOf(context, organizationId);
      const row = await context.db.$transaction(async (tx) => {
        await lockOrganizationAs(tx, requireCaller(context), access.id);
        const count = await tx.vpnNode.count({ where: { organizationId: access.id } });
        if (count >= maxNodes) throw new DomainError('VPN_LIMIT_REACHED');
        return tx.vpnNode.create({ data: { ...data, organizationId: access.id } });
      });
      announce(context.services, row);
      return { vpnNode: viewNode(row, readingNow(context.services.config)) };
    },
  },
  vpnNodePayload('createVpnNode'),
);
