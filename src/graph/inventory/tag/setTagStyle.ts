import { Issues, invalid } from '../../../errors/issues.ts';
import { signedIn } from '../../core/access.ts';
import { builder } from '../../core/builder.ts';
import { lowerTag, tidyKeepingSpace } from '../../core/text/names.ts';
import { checkColor } from '../bin/columns.ts';
import { tagMaxLength } from '../bin/fields.ts';
import { requireRole } from '../location/roles.ts';
import { changeTags } from './changeTags.ts';
import { checkLocationId, checkTagName } from './names.ts';
import type { PlaceProblem } from './styleBook.ts';
import { TagStyleType } from './types.ts';

const problems: Record<PlaceProblem, string> = {
  cycle: 'must be another tag',
  'under a child': 'must not be under another tag itself',
  'has children': 'cannot be above a tag that is above others',
};

/** The tag above another, checked on its own. Throws INVALID_INPUT. */
function checkParent(tag: string, given: string | null | undefined): string | null {
  const parent = lowerTag(given ?? '');
  if (parent === '') return null;
  if ([...parent].length > tagMaxLength)
    throw invalid('parentTag', 'too_long', `must have at most ${tagMaxLength} characters`);
  if (parent === lowerTag(tag)) throw invalid('parentTag', 'range', problems.cycle);
  return parent;
}

builder.relayMutationField(
  'setTagStyle',
  {
    description: 'How a tag is to be shown.',
    inputFields: (t) => ({
      locationId: t.id({ required: true, description: 'The location.' }),
      tag: t.string({
        required: true,
        description: 'Kept as it is given, composed (NFC); at most 100 characters.',
      }),
      color: t.string({ description: 'As in `createBin`; required, and empty for none.' }),
      parentTag: t.string({ description: 'Trimmed and lower-cased; nothing or empty for none.' }),
    }),
  },
  {
    access: signedIn,
    description:
      'Gives a tag a color and a tag above it, one level deep. For members of the location. Throws FORBIDDEN or INVALID_INPUT.',
    resolve: async (_root, { input }, context) => {
      const { locationId } = input;
      checkLocationId(locationId);
      const tag = checkTagName('tag', tidyKeepingSpace(input.tag));
      await requireRole(context, locationId, 'MEMBER');
      if (input.color == null) throw invalid('color', 'required', 'is required');
      const issues = new Issues();
      const color = checkColor(issues, input.color);
      issues.throwIfAny();
      const parentTag = checkParent(tag, input.parentTag);
      await changeTags(context, locationId, (_writer, book) => {
        if (color === '' && parentTag === null) return book.forget(tag);
        book.set(tag, { color, parentTag });
        const found = book.problemWith([tag]);
        if (found) throw invalid('parentTag', 'range', problems[found.problem]);
      });
      return {
        tagStyle: await context.db.tagStyle.findUnique({ where: { locationId_tag: { locationId, tag } } }),
      };
    },
  },
  {
    description: 'A tag that was given a style.',
    outputFields: (t) => ({
      tagStyle: t.expose('tagStyle', {
        type: TagStyleType,
        nullable: true,
        description: 'The style; null when the tag has neither a color nor a tag above it.',
      }),
    }),
  },
);
