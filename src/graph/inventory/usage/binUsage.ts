import type { BinUsage } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { accessBin } from '../bin/access.ts';

const BinUsageDay = builder.objectRef<BinUsage>('BinUsageDay').implement({
  description: 'How often a bin was used on a day.',
  fields: (t) => ({
    day: t.exposeString('day', { description: '`YYYY-MM-DD` in UTC.' }),
    count: t.exposeInt('count', { description: 'How often, by anybody whose uses count.' }),
  }),
});

builder.queryField('binUsage', (t) =>
  t.field({
    access: signedIn,
    type: [BinUsageDay],
    description: 'The days on which a bin was used, the last one first. Throws NOT_FOUND.',
    args: { binId: t.arg.id({ required: true, description: 'The bin.' }) },
    resolve: async (_root, { binId }, context) => {
      await accessBin(context, binId);
      return context.db.binUsage.findMany({ where: { binId }, orderBy: { day: 'desc' } });
    },
  }),
);
