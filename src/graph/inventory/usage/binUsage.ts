import type { BinUsage } from '../../../generated/sqlite/client.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { batched } from '../../core/loader.ts';
import { weigh } from '../../core/weight.ts';
import { wholeList } from '../../core/wholeList.ts';
import { accessBin } from '../bin/access.ts';
import { BinType } from '../bin/type.ts';
import { recordUse } from './record.ts';

const BinUsageDay = builder.objectRef<BinUsage>('BinUsageDay').implement({
  description: 'How often a bin was used on a day.',
  fields: (t) => ({
    day: t.exposeString('day', { description: '`YYYY-MM-DD` in UTC.' }),
    count: t.exposeInt('count', { description: 'How often, by all whose uses count.' }),
  }),
});

const BinUsageConnection = builder.connectionObject(
  { type: BinUsageDay, name: 'BinUsageConnection', description: 'A page of days.' },
  { name: 'BinUsageEdge' },
);

const daysOf = batched<string, BinUsage[]>(async (binIds, { db }) => {
  const days = new Map<string, BinUsage[]>(binIds.map((id) => [id, []]));
  const where = { binId: { in: [...days.keys()] } };
  for (const day of await db.binUsage.findMany({ where, orderBy: { day: 'desc' } }))
    days.get(day.binId)?.push(day);
  return days;
});

builder.objectField(BinType, 'usage', (t) =>
  t.connection(
    {
      type: BinUsageDay,
      description: 'The days on which it was used, newest first.',
      extensions: weigh({ statements: 1, batched: true }),
      resolve: async ({ id }, args, context) =>
        wholeList(args, (await daysOf(id, context)) ?? [], ({ day }) => day),
    },
    BinUsageConnection,
  ),
);

builder.queryField('binUsage', (t) =>
  t.connection(
    {
      access: signedIn,
      type: BinUsageDay,
      nullable: true,
      description: 'Returns the days on which a bin was used, newest first. Throws NOT_FOUND.',
      args: { binId: t.arg.id({ required: true, description: 'The bin.' }) },
      extensions: weigh({ statements: 2 }),
      resolve: async (_root, { binId, ...args }, context) => {
        await accessBin(context, binId);
        const days = await context.db.binUsage.findMany({ where: { binId }, orderBy: { day: 'desc' } });
        return wholeList(args, days, ({ day }) => day);
      },
    },
    BinUsageConnection,
  ),
);

const BinUseEnum = builder.enumType('BinUse', {
  description: 'How a bin came to be used.',
  values: {
    SCAN: { description: 'By scanning its label.' },
    MANUAL: { description: 'By typing its code.' },
  } as const,
});

builder.relayMutationField(
  'recordBinUse',
  {
    description: 'A use of a bin.',
    inputFields: (t) => ({
      binId: t.id({ required: true, description: 'The bin.' }),
      use: t.field({ type: BinUseEnum, required: true, description: 'How.' }),
    }),
  },
  {
    access: signedIn,
    description: 'Counts a use of a bin today, unless your preferences say otherwise. Throws NOT_FOUND.',
    resolve: async (_root, { input: { binId, use } }, context) => {
      const { caller } = await accessBin(context, binId);
      return { recorded: await recordUse(context, caller, binId, use) };
    },
  },
  {
    description: 'What `recordBinUse` returns.',
    outputFields: (t) => ({
      recorded: t.exposeBoolean('recorded', { description: 'False where your preferences say no.' }),
    }),
  },
);
