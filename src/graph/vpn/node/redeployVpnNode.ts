import { DomainError } from '../../../errors/domainError.ts';
import { builder } from '../../core/builder.ts';
import { accessOf } from '../organization/access.ts';
import { organizationArgs } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';
import { announce } from './announce.ts';
import { redeployable } from './effectiveStatus.ts';
import { whereStatus } from './statusFilter.ts';
import { VpnNodeType } from './type.ts';
import { readingNow, viewNode } from './view.ts';

builder.mutationField('redeployVpnNode', (t) =>
  t.field({
    access: organizationWriter,
    type: VpnNodeType,
    description: 'Begins to deploy a node anew, where `canRedeploy` says so.',
    args: { ...organizationArgs, id: t.arg.int({ required: true, description: 'The node.' }) },
    resolve: async (_root, { organizationId, id }, context) => {
      const { db, services } = context;
      const access = await accessOf(context, organizationId);
      const where = { id, organizationId: access.id };
      const reading = readingNow(services.config);
      // Condition and change are one statement: of callers who come together one redeploys.
      const { count } = await db.vpnNode.updateMany({
        where: { ...where, OR: redeployable.map((status) => whereStatus(status, reading)) },
        data: { state: 'DEPLOYING', stateChangedAt: new Date(reading.nowMs) },
      });
      const row = await db.vpnNode.findFirst({ where });
      if (!row) throw new DomainError('NOT_FOUND');
      if (count === 0) throw new DomainError('NODE_NOT_REDEPLOYABLE');
      announce(services, row);
      return viewNode(row, reading);
    },
  }),
);
