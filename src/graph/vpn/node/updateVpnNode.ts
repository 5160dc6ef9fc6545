import { notFound } from '../../../errors/domainError.ts';
import { Issues, invalid } from '../../../errors/issues.ts';
import type { VpnNode } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { type InputOf, inputFieldsOf } from '../../core/mutation.ts';
import { requireCaller } from '../../identity/session/requireCaller.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { lockOrganizationAs } from '../organization/lockOrganization.ts';
import { organizationWriter } from '../rules.ts';
import { announce } from './announce.ts';
import { effectiveStatusOf, type Reading } from './effectiveStatus.ts';
import { checkNode, nodeLengths, normaliseNode, searchTextOf } from './rules.ts';
import { vpnNodePayload } from './type.ts';
import { readingNow, viewNode } from './view.ts';

const inputFields = inputFieldsOf((t) => ({
  ...organizationField(t),
  id: t.int({ required: true, description: 'The node.' }),
  name: t.string({ description: `1 to ${nodeLengths.name} characters.` }),
  ip: t.string({ description: 'IPv4 or IPv6 address.' }),
  host: t.string({ description: 'Host name.' }),
  port: t.int({ description: '1 to 65535.' }),
  country: t.string({ description: 'ISO 3166-1 alpha-2.' }),
  info: t.string({ description: `A note of at most ${nodeLengths.info} characters.` }),
  instanceId: t.string({ description: 'The machine it runs on.' }),
  expiresAt: t.field({ type: 'DateTime', description: 'When its time ends.' }),
}));
type Changes = Omit<InputOf<typeof inputFields>, 'organizationId' | 'id'>;

function check({ expiresAt, ...input }: Changes) {
  const fields = normaliseNode({
    name: input.name ?? undefined,
    ip: input.ip ?? undefined,
    host: input.host ?? undefined,
    port: input.port ?? undefined,
    country: input.country ?? undefined,
    info: input.info,
    instanceId: input.instanceId,
  });
  const issues = new Issues();
  checkNode(issues, fields);
  issues.throwIfAny();
  const data = { ...fields, expiresAt };
  if (Object.values(data).every((value) => value === undefined)) {
    throw invalid('input', 'required', 'names nothing to change');
  }
  return data;
}

/** What to store: a new end of its time may change the status at this moment, and that moment is shown. */
function changesOf(before: VpnNode, data: ReturnType<typeof check>, reading: Reading) {
  const after = { ...before, expiresAt: data.expiresAt === undefined ? before.expiresAt : data.expiresAt };
  const stays = effectiveStatusOf(before, reading).status === effectiveStatusOf(after, reading).status;
  const searchText = searchTextOf({ name: data.name ?? before.name, host: data.host ?? before.host });
  return { ...data, searchText, ...(!stays && { stateChangedAt: new Date(reading.nowMs) }) };
}

builder.relayMutationField(
  'updateVpnNode',
  {
    description: 'What to change of a node; what is left out stays, and null empties what may be empty.',
    inputFields,
  },
  {
    access: organizationWriter,
    description: 'Changes a node.',
    resolve: async (_root, { input: { organizationId, id, ...changes } }, context) => {
      const data = check(changes);
      const access = await accessOf(context, organizationId);
      const reading = readingNow(context.services.config);
      const row = await context.db.$transaction(async (tx) => {
        await lockOrganizationAs(tx, requireCaller(context), access.id);
        const where = { id, organizationId: access.id };
        const before = await tx.vpnNode.findFirst({ where });
        if (!before) throw notFound('Node');
        return tx.vpnNode.update({ where, data: changesOf(before, data, reading) });
      });
      announce(context.services, row);
      return { vpnNode: viewNode(row, reading) };
    },
  },
  vpnNodePayload('updateVpnNode'),
);
