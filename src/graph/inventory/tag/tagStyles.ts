import { builder } from '../../core/builder.ts';
import { weigh } from '../../core/weight.ts';
import { LocationType } from '../location/type.ts';
import { byText } from './byText.ts';
import { TagStyleType } from './types.ts';

builder.objectField(LocationType, 'tagStyles', (t) =>
  t.field({
    type: [TagStyleType],
    description: 'The tags that have a color or a tag above them, by name without regard to case.',
    extensions: weigh({ statements: 1 }),
    resolve: async ({ id: locationId }, _args, { db }) => {
      const styles = await db.tagStyle.findMany({ where: { locationId } });
      return byText(styles, ({ tag }) => tag);
    },
  }),
);
