import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** Documents nested deeper are refused by the depth limit anyway; without a bound the recursion could overflow. */
const maxNesting = 50;

/** Fields of merged selection sets by response name. */
type Merged = Map<string, FieldNode[]>;

/**
 * Estimates the work of graphql-js' rule OverlappingFieldsCanBeMerged: it compares every pair of fields
 * with one response name, and then their sub-selections, so that 480 repetitions of `viewer { id }` in
 * 5 kB block the process for 150 ms. Counts a step for each visited selection and each such pair, on
 * merged selection sets as execution would see them, and stops at `maxSteps`.
 *
 * @returns true when the document needs more than `maxSteps`.
 */
export function isCostlyToMerge({ definitions }: DocumentNode, maxSteps: number): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  let steps = 0;

  function collect({ selections }: SelectionSetNode, into: Merged, seen: Set<string>, nesting: number): void {
    if (nesting > maxNesting) steps = Number.POSITIVE_INFINITY;
    for (const node of selections) {
      if (++steps > maxSteps) return;
      if (node.kind === Kind.FIELD) {
        const name = node.alias?.value ?? node.name.value;
        const same = into.get(name);
        if (!same) {
          into.set(name, [node]);
          continue;
        }
        steps += same.length;
        same.push(node);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        collect(node.selectionSet, into, seen, nesting + 1);
      } else if (!seen.has(node.name.value)) {
        seen.add(node.name.value);
        const fragment = fragments.get(node.name.value);
        if (fragment) collect(fragment.selectionSet, into, seen, nesting + 1);
      }
    }
  }

  function visit(sets: readonly SelectionSetNode[], nesting: number): void {
    const merged: Merged = new Map();
    const seen = new Set<string>();
    for (const set of sets) collect(set, merged, seen, nesting);
    for (const fields of merged.values()) {
      if (steps > maxSteps) return;
      const below = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (below.length > 0) visit(below, nesting + 1);
    }
  }

  for (const node of definitions) {
    if ('selectionSet' in node) visit([node.selectionSet], 0);
    if (steps > maxSteps) return true;
  }
  return false;
}
