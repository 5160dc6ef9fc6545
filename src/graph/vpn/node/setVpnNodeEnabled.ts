import { notFound } from '../../../errors/domainError.ts';
import { builder } from '../../core/builder.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';
import { announce } from './announce.ts';
import { vpnNodePayload } from './type.ts';
import { readingNow, viewNode } from './view.ts';

builder.relayMutationField(
  'setVpnNodeEnabled',
  {
    description: 'Which node is to work or not.',
    inputFields: (t) => ({
      ...organizationField(t),
      id: t.int({ required: true, description: 'The node.' }),
      enabled: t.boolean({ required: true, description: 'Whether it is to work.' }),
    }),
  },
  {
    access: organizationWriter,
    description:
      'Disables a node, so that it is told to accept no password, or enables one that is disabled: it counts as deployed then, and as offline if no heartbeat comes. Enabling one that is not disabled changes nothing.',
    resolve: async (_root, { input: { organizationId, id, enabled } }, context) => {
      const { db, services } = context;
      const access = await accessOf(context, organizationId);
      const where = { id, organizationId: access.id };
      const reading = readingNow(services.config);
      const state = enabled ? ('DEPLOYED' as const) : ('DISABLED' as const);
      const { count } = await db.vpnNode.updateMany({
        where: { ...where, state: enabled ? 'DISABLED' : { not: 'DISABLED' } },
        data: { state, stateChangedAt: new Date(reading.nowMs) },
      });
      const row = await db.vpnNode.findFirst({ where });
      if (!row) throw notFound('Node');
      if (count > 0) announce(services, row);
      return { vpnNode: viewNode(row, reading) };
    },
  },
  vpnNodePayload('setVpnNodeEnabled'),
);
