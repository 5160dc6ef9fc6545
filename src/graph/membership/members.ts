import { builder } from '../builder.ts';
import { LocationType } from '../location/type.ts';
import { weigh } from '../shared/weight.ts';
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
