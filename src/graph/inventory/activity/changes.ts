/** A value before and after; both are JSON. */
type Change = {
  readonly old: unknown;
  readonly new: unknown;
  /** Stored but not told: the bin that `new` names, and the item to tell of to those who may not know that bin. */
  readonly about?: { readonly binId: string; readonly item: string };
};

/** What changed, by field. */
export type Changes = Readonly<Record<string, Change>>;

/** Fields whose values are lists of names that were added (`new`) or removed (`old`). */
const added = 'items_added';
const removed = 'items_removed';
/** Fields that tell of one named thing; two of them become one only when the second goes on from the first. */
const chained = new Set(['items_renamed', 'items_quantity']);
/** Fields that tell of something that happened to one named thing, not of a value that went from one to another. */
const events = new Set(['item_checked_out', 'item_returned', 'item_returned_to', 'item_received']);

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}

/** Takes the names that both lists hold, as often as both hold them, out of both. */
function cancel(some: readonly string[], others: readonly string[]): [string[], string[]] {
  const left = [...some];
  const right = others.filter((name) => {
    const at = left.indexOf(name);
    if (at === -1) return true;
    left.splice(at, 1);
    return false;
  });
  return [left, right];
}

function goesOn(field: string, before: { new: unknown }, after: { old: unknown }): boolean {
  if (field === 'items_renamed') return same(before.new, after.old);
  const nameOf = (value: unknown) => (value as { name?: unknown } | null)?.name;
  return same(nameOf(before.new), nameOf(after.old));
}

/**
 * Two updates of one thing as one (OpenBin 17): the earliest `old` and the latest `new` stay, lists
 * of names are joined, and what was added and removed again cancels out. Null when nothing is left;
 * undefined when one row could not tell both.
 */
export function mergeChanges(before: Changes, after: Changes): Changes | null | undefined {
  const merged: Record<string, Change> = {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (field === added || field === removed) continue;
    const [first, second] = [before[field], after[field]];
    if (!first || !second) {
      merged[field] = { ...(first ?? second ?? { old: null, new: null }) };
      continue;
    }
    if (events.has(field) || (chained.has(field) && !goesOn(field, first, second))) return undefined;
    if (!same(first.old, second.new)) merged[field] = { old: first.old, new: second.new };
  }
  const [in_, out] = cancel(
    [...names(before[added]?.new), ...names(after[added]?.new)],
    [...names(before[removed]?.old), ...names(after[removed]?.old)],
  );
  const renamed = merged.items_renamed;
  // One that came, got another name and went again was never there.
  if (renamed && in_.includes(renamed.old as string) && out.includes(renamed.new as string)) {
    in_.splice(in_.indexOf(renamed.old as string), 1);
    out.splice(out.indexOf(renamed.new as string), 1);
    delete merged.items_renamed;
  }
  if (in_.length > 0) merged[added] = { old: null, new: in_ };
  if (out.length > 0) merged[removed] = { old: out, new: null };
  return Object.keys(merged).length > 0 ? merged : null;
}

/** The fields that differ between two sets of values; undefined when none does. */
export function diff(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Changes | undefined {
  const changed = Object.keys(after).filter((field) => !same(before[field], after[field]));
  if (changed.length === 0) return undefined;
  return Object.fromEntries(
    changed.map((field) => [field, { old: before[field] ?? null, new: after[field] }]),
  );
}
