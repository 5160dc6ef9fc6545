import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { LocationType } from '../location/type.ts';
import { MemberType, withAccount } from './types.ts';

builder.objectField(LocationType, 'members', (t) =>
  t.field({
    type: [MemberType],
    description: 'Who belongs here, in the order of joining.',
    extensions: weigh({ statements: 2 }),
    resolve: ({ id: locationId }, _args, { db }) =>
      db.membership.findMany({
        where: { locationId },
        include: withAccount,
        orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
      }),
  }),
);
