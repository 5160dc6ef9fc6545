import { Issues, invalid } from '../../../errors/issues.ts';
import { tidyInside, tidyKeepingSpace } from '../../core/text/names.ts';
import { foldCase } from '../../core/text/search.ts';
import { maxTags, tidyTags } from '../bin/fields.ts';
import { changeTags } from '../tag/changeTags.ts';
import { checkTagName } from '../tag/names.ts';
import { editBin } from './editBin.ts';
import { checkAnyColor } from './look.ts';
import { type Batch, operation, quoted } from './operation.ts';

const keyOf = (tag: string): string => foldCase(tidyInside(tag));

/** Tags from outside, tidied. Throws INVALID_INPUT. */
function tidy(tags: readonly string[]): string[] {
  const issues = new Issues();
  const tidied = tidyTags(issues, tags);
  issues.throwIfAny();
  return tidied;
}

/** Makes other tags of those of a bin; answers what the bin is called. Throws INVALID_INPUT when there are too many. */
async function editTags(
  batch: Batch,
  binId: string,
  edit: (before: readonly string[]) => readonly string[],
): Promise<string> {
  const access = await batch.bin(binId);
  await editBin(batch, access, async (tx) => {
    const rows = await tx.binTag.findMany({
      where: { binId },
      orderBy: [{ position: 'asc' }, { name: 'asc' }],
    });
    const before = rows.map(({ name }) => name);
    const after = [...new Set(edit(before))];
    if (after.length > maxTags && after.length > before.length)
      throw invalid('tags', 'too_long', `would be more than ${maxTags} on the bin`);
    const isSame = after.length === before.length && after.every((tag, index) => tag === before[index]);
    return { change: isSame ? undefined : { tags: after } };
  });
  return access.bin.name;
}

/** `add_tags`. */
export const addTags = operation({
  required: ['binId', 'tags'],
  async run(batch, { binId, tags }) {
    const added = tidy(tags);
    const name = await editTags(batch, binId, (before) => [...before, ...added]);
    return { details: `Added tags to the bin ${quoted(name)}: ${added.join(', ')}` };
  },
});

/** `remove_tags`. */
export const removeTags = operation({
  required: ['binId', 'tags'],
  async run(batch, { binId, tags }) {
    const gone = new Set(tags.map(keyOf));
    const name = await editTags(batch, binId, (before) => before.filter((tag) => !gone.has(keyOf(tag))));
    return { details: `Removed tags from the bin ${quoted(name)}: ${tags.join(', ')}` };
  },
});

/** `modify_tag`. */
export const modifyTag = operation({
  required: ['binId', 'oldTag', 'newTag'],
  async run(batch, { binId, oldTag, newTag }) {
    const [tag] = tidy([newTag]);
    if (tag === undefined) throw invalid('newTag', 'required', 'is required');
    const old = keyOf(oldTag);
    const name = await editTags(batch, binId, (before) =>
      before.map((one) => (keyOf(one) === old ? tag : one)),
    );
    return { details: `Changed the tag ${quoted(oldTag)} of the bin ${quoted(name)} to ${quoted(tag)}` };
  },
});

/** `set_tag_color`. */
export const setTagColor = operation({
  required: ['tag', 'color'],
  async run({ context, locationId }, { tag: given, color }) {
    const tag = checkTagName('tag', tidyKeepingSpace(given));
    const issues = new Issues();
    checkAnyColor(issues, color);
    issues.throwIfAny();
    await changeTags(context, locationId, (_writer, book) => book.set(tag, { color }));
    return { details: `Set the color of the tag ${quoted(tag)}` };
  },
});
