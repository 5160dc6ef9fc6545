import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { accessBin } from '../bin/access.ts';
import { recordUse } from './record.ts';

const BinUseEnum = builder.enumType('BinUse', {
  description: 'How somebody came to use a bin.',
  values: {
    SCAN: { description: 'By scanning its label.' },
    MANUAL: { description: 'By typing its code.' },
  } as const,
});

builder.mutationField('recordBinUse', (t) =>
  t.boolean({
    access: signedIn,
    description:
      'Counts a use of a bin today, unless your preferences say otherwise; answers whether it was counted. Throws NOT_FOUND.',
    args: {
      binId: t.arg.id({ required: true, description: 'The bin.' }),
      use: t.arg({ type: BinUseEnum, required: true, description: 'How.' }),
    },
    resolve: async (_root, { binId, use }, context) => {
      const { caller } = await accessBin(context, binId);
      return recordUse(context, caller, binId, use);
    },
  }),
);
