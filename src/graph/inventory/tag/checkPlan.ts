import { DomainError } from '../../../errors/domainError.ts';
import { invalid } from '../../../errors/issues.ts';
import type { GraphContext } from '../../core/context.ts';
import type { InputOf } from '../../core/mutation.ts';
import { checkSelectionSize } from '../../core/selection.ts';
import { maxTags } from '../bin/fields.ts';
import { checkBulkName, checkLocationId, type Path } from './names.ts';
import type { planFields } from './planInputs.ts';
import type { BinTags } from './retag.ts';

const maxBins = 500;

/** A plan, checked as far as it can be on its own. */
export interface TagPlan {
  readonly locationId: string;
  /** Renames and merges, in their order. */
  readonly merges: readonly { readonly from: readonly string[]; readonly to: string }[];
  readonly renameCount: number;
  readonly newTags: readonly { readonly tag: string; readonly parent?: string | null | undefined }[];
  readonly parents: ReadonlyMap<string, string | null>;
  readonly add: BinTags;
  readonly remove: BinTags;
  readonly binIds: ReadonlySet<string>;
}

type Input = InputOf<typeof planFields>;
type Taxonomy = Input['taxonomy'];

function checkNames(context: GraphContext, { renames, merges, newTags, parents }: Taxonomy): void {
  const path = (...rest: Path): Path => ['taxonomy', ...rest];
  const check = (where: Path, tag: string | null | undefined) => {
    if (tag != null) checkBulkName(where, tag);
  };
  for (const list of [renames, merges, newTags, parents]) checkSelectionSize(context, list?.length ?? 0);
  for (const [at, { from, to }] of (renames ?? []).entries()) {
    check(path('renames', at, 'from'), from);
    check(path('renames', at, 'to'), to);
  }
  for (const [at, { from, to }] of (merges ?? []).entries()) {
    checkSelectionSize(context, from.length);
    for (const [index, tag] of from.entries()) check(path('merges', at, 'from', index), tag);
    check(path('merges', at, 'to'), to);
  }
  for (const [name, list] of [['newTags', newTags] as const, ['parents', parents] as const]) {
    for (const [at, { tag, parent }] of (list ?? []).entries()) {
      check(path(name, at, 'tag'), tag);
      check(path(name, at, 'parent'), parent);
    }
  }
}

type Assigned = NonNullable<Input['assignments']['add']>;

function pairsOf(field: 'add' | 'remove', assigned: Assigned): BinTags {
  return assigned.flatMap(({ binId, tags }) => {
    if (tags.length > maxTags)
      throw invalid('assignments', 'too_long', `must have at most ${maxTags} tags for a bin`);
    for (const tag of tags) checkBulkName(['assignments', field, binId], tag);
    return [...new Set(tags)].map((tag) => [binId, tag] as const);
  });
}

/** Throws TAG_CYCLE when the parents that are given lead back to a tag. */
function checkNoCycle(parents: ReadonlyMap<string, string | null>): void {
  for (const tag of parents.keys()) {
    const seen = new Set([tag]);
    for (let at = parents.get(tag) ?? null; at !== null && parents.has(at); at = parents.get(at) ?? null) {
      if (seen.has(at)) throw new DomainError('TAG_CYCLE');
      seen.add(at);
    }
  }
}

/** Checks a plan on its own (OpenBin 25.2). Throws INVALID_INPUT, SELECTION_TOO_LARGE or TAG_CYCLE. */
export function checkPlan(context: GraphContext, { locationId, taxonomy, assignments }: Input): TagPlan {
  checkLocationId(locationId);
  checkNames(context, taxonomy);
  const add = pairsOf('add', assignments.add ?? []);
  const remove = pairsOf('remove', assignments.remove ?? []);
  const binIds = new Set(
    [...(assignments.add ?? []), ...(assignments.remove ?? [])].map(({ binId }) => binId),
  );
  if (binIds.size > maxBins) throw invalid('assignments', 'too_long', `must name at most ${maxBins} bins`);
  const newTags = taxonomy.newTags ?? [];
  const parents = new Map((taxonomy.parents ?? []).map(({ tag, parent }) => [tag, parent ?? null]));
  const placed = newTags.flatMap(({ tag, parent }) => (parent ? [[tag, parent] as const] : []));
  checkNoCycle(new Map([...placed, ...parents]));
  const renames = (taxonomy.renames ?? []).map(({ from, to }) => ({ from: [from], to }));
  return {
    locationId,
    merges: [...renames, ...(taxonomy.merges ?? [])],
    renameCount: renames.length,
    newTags,
    parents,
    add,
    remove,
    binIds,
  };
}
