import type { VpnHeartbeatBucket } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { accessOf } from '../organization/access.ts';
import { organizationArgs } from '../organization/args.ts';
import { assertNode } from '../password/node.ts';
import { organizationReader } from '../rules.ts';
import { historyStart } from './buckets.ts';

const VpnHeartbeatBucketType = builder.objectRef<VpnHeartbeatBucket>('VpnHeartbeatBucket').implement({
  description: 'The heartbeats of one node within five minutes.',
  fields: (t) => ({
    startsAt: t.expose('startsAt', { type: 'DateTime', description: 'When the five minutes began.' }),
    count: t.exposeInt('count', { description: 'How many there were.' }),
    bandwidth: t.float({
      description: 'The mean of the bandwidths that they reported.',
      resolve: ({ bandwidthSum, count }) => bandwidthSum / count,
    }),
  }),
});

builder.queryField('vpnHeartbeats', (t) =>
  t.field({
    access: organizationReader,
    type: [VpnHeartbeatBucketType],
    description:
      'The heartbeats of a node in the last 24 hours, oldest first; five minutes without any are left out.',
    args: { ...organizationArgs, nodeId: t.arg.int({ required: true, description: 'The node.' }) },
    resolve: async (_root, { organizationId, nodeId }, context) => {
      await assertNode(context.db, nodeId, (await accessOf(context, organizationId)).id);
      return context.db.vpnHeartbeatBucket.findMany({
        where: { nodeId, startsAt: { gte: historyStart(new Date()) } },
        orderBy: { startsAt: 'asc' },
      });
    },
  }),
);
