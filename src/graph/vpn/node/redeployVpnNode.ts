import { DomainError, notFound } from '../../../errors/domainError.ts';
import { Prisma } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { accessOf } from '../organization/access.ts';
import { organizationField } from '../organization/args.ts';
import { organizationWriter } from '../rules.ts';
import { announce } from './announce.ts';
import { redeployable } from './effectiveStatus.ts';
import { whereStatus } from './statusFilter.ts';
import { vpnNodePayload } from './type.ts';
import { readingNow, viewNode } from './view.ts';

builder.relayMutationField(
  'redeployVpnNode',
  {
    description: 'What to deploy.',
    inputFields: (t) => ({
      ...organizationField(t),
      id: t.int({ required: true, description: 'The node.' }),
    }),
  },
  {
    access: organizationWriter,
    description:
      'Begins to deploy a node again, where `canRedeploy` says so. Throws NODE_NOT_REDEPLOYABLE elsewhere.',
    resolve: async (_root, { input: { organizationId, id } }, context) => {
      const { db, services } = context;
      const access = await accessOf(context, organizationId);
      const where = { id, organizationId: access.id };
      const reading = readingNow(services.config);
      // Condition and change are one statement: of callers who come together one redeploys.
      const now = new Date(reading.nowMs);
      const allowed = redeployable.map((status) => Prisma.sql`(${whereStatus(status, reading)})`);
      const count = await db.$executeRaw`
        UPDATE "VpnNode" AS c SET "state" = 'DEPLOYING', "stateChangedAt" = ${now}, "updatedAt" = ${now}
        WHERE c."id" = ${id} AND c."organizationId" = ${access.id} AND (${Prisma.join(allowed, ' OR ')})`;
      const row = await db.vpnNode.findFirst({ where });
      if (!row) throw notFound('Node');
      if (count === 0) throw new DomainError('NODE_NOT_REDEPLOYABLE');
      announce(services, row);
      return { vpnNode: viewNode(row, reading) };
    },
  },
  vpnNodePayload('redeployVpnNode'),
);
