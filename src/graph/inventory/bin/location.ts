import { builder } from '../../core/builder.ts';
import { perParent } from '../../core/loader.ts';
import { weigh } from '../../core/weight.ts';
import type { LocationView } from '../location/perLocation.ts';
import { LocationType } from '../location/type.ts';
import { BinType } from './type.ts';
import { viewerOf } from './viewerOf.ts';

const locationsOf = perParent<LocationView>(async ({ ids, viewerId }, { db }) => {
  const memberships = await db.membership.findMany({
    where: { accountId: viewerId, locationId: { in: [...ids] } },
    include: { location: true },
  });
  return new Map(memberships.map(({ location, role }) => [location.id, { ...location, viewerId, role }]));
});

builder.objectField(BinType, 'location', (t) =>
  t.field({
    type: LocationType,
    nullable: true,
    description: 'The location; null when you have just left it.',
    extensions: weigh({ statements: 1, batched: true }),
    resolve: (bin, _args, context) =>
      locationsOf({ id: bin.locationId, viewerId: viewerOf(bin, context) }, context, undefined),
  }),
);
