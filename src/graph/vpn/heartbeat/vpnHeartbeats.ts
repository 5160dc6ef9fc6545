import type { VpnHeartbeatBucket } from '../../../generated/sqlite/client.ts';
import { builder } from '../../core/builder.ts';
import { batched } from '../../core/loader.ts';
import { weigh } from '../../core/weight.ts';
import { VpnNodeType } from '../node/type.ts';
import { historyStart, maxBuckets } from './rules.ts';

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

const bucketsOf = batched<number, VpnHeartbeatBucket[]>(async (nodeIds, { db }) => {
  const where = { nodeId: { in: [...new Set(nodeIds)] }, startsAt: { gte: historyStart(new Date()) } };
  const buckets = new Map<number, VpnHeartbeatBucket[]>(nodeIds.map((id) => [id, []]));
  for (const bucket of await db.vpnHeartbeatBucket.findMany({ where, orderBy: { startsAt: 'asc' } }))
    buckets.get(bucket.nodeId)?.push(bucket);
  return buckets;
});

builder.objectField(VpnNodeType, 'heartbeats', (t) =>
  t.field({
    type: [VpnHeartbeatBucketType],
    description: `Its heartbeats in the last 24 hours, oldest first, at most ${maxBuckets} times five minutes; those without any are left out.`,
    extensions: weigh({ size: maxBuckets }),
    resolve: async ({ id }, _args, context) => (await bucketsOf(id, context)) ?? [],
  }),
);
