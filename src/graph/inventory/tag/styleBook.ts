import type { Prisma, TagStyle } from '../../../generated/sqlite/client.ts';
import type { JsonSql } from '../../core/jsonSql.ts';
import { newId } from '../../core/newId.ts';

/** The color of a tag, and the tag above it. */
export interface Style {
  readonly color: string;
  readonly parentTag: string | null;
}

/** What is wrong with the place of a tag: it is above itself, under one that is under another, or under one with tags under itself. */
export type PlaceProblem = 'cycle' | 'under a child' | 'has children';

/**
 * The styles of a location as they are to be: read once, changed here, and written back in two
 * statements however many change. Use it under the location's lock.
 */
export class StyleBook {
  readonly #before: ReadonlyMap<string, TagStyle>;
  readonly #now: Map<string, Style>;

  constructor(rows: readonly TagStyle[]) {
    this.#before = new Map(rows.map((row) => [row.tag, row]));
    this.#now = new Map(this.#before);
  }

  get(tag: string): Style | undefined {
    return this.#now.get(tag);
  }

  /** Gives a tag what is given of color and parent; the rest stays, or is empty. */
  set(tag: string, style: Partial<Style>): void {
    this.#now.set(tag, { color: '', parentTag: null, ...this.#now.get(tag), ...style });
  }

  #children(of: ReadonlySet<string>): string[] {
    return [...this.#now]
      .filter(([, { parentTag }]) => parentTag !== null && of.has(parentTag))
      .map(([tag]) => tag);
  }

  /** Forgets a tag's color and parent; those under it stay under it. */
  forget(tag: string): void {
    this.#now.delete(tag);
  }

  /** Forgets tags; answers how many others were under them and are no more. */
  delete(tags: Iterable<string>): number {
    const gone = new Set(tags);
    for (const tag of gone) this.#now.delete(tag);
    const orphans = this.#children(gone);
    for (const tag of orphans) this.set(tag, { parentTag: null });
    return orphans.length;
  }

  /**
   * Makes one tag of several; answers how many others were under those that go. It keeps its own
   * color and parent, or takes the first that there is. What was under the others comes under it,
   * or, because there is one level only, beside it when it is under another tag itself.
   */
  merge(from: readonly string[], to: string): number {
    const gone = new Set(from);
    gone.delete(to);
    const own = this.#now.get(to);
    const style = own ?? [...gone].map((tag) => this.#now.get(tag)).find((found) => found !== undefined);
    const isAbove = !own && this.#children(new Set([to])).length > 0;
    const above = style?.parentTag ?? null;
    const parentTag = above === null || above === to || gone.has(above) || isAbove ? null : above;
    for (const tag of gone) this.#now.delete(tag);
    if (style) this.#now.set(to, { color: style.color, parentTag });
    const children = this.#children(gone);
    for (const tag of children) this.set(tag, { parentTag: parentTag ?? to });
    return children.length;
  }

  /** What is wrong with where tags stand; nothing when they are at the top, or under one at the top and above none. */
  problemWith(tags: Iterable<string>): { readonly tag: string; readonly problem: PlaceProblem } | undefined {
    const parentOf = (tag: string) => this.#now.get(tag)?.parentTag ?? null;
    const above = new Set([...this.#now.values()].map(({ parentTag }) => parentTag));
    for (const tag of tags) {
      const parent = parentOf(tag);
      if (parent === null) continue;
      const seen = new Set<string>();
      for (let at: string | null = parent; at !== null && !seen.has(at); at = parentOf(at)) seen.add(at);
      if (seen.has(tag)) return { tag, problem: 'cycle' };
      if (parentOf(parent) !== null) return { tag, problem: 'under a child' };
      if (above.has(tag)) return { tag, problem: 'has children' };
    }
    return undefined;
  }

  /** Writes what has changed; answers whether anything had. */
  async save(tx: Prisma.TransactionClient, json: JsonSql, locationId: string): Promise<boolean> {
    const changed = [...this.#now].filter(([tag, { color, parentTag }]) => {
      const before = this.#before.get(tag);
      return before?.color !== color || before.parentTag !== parentTag;
    });
    const rewritten = new Set(changed.map(([tag]) => tag));
    const stale = [...this.#before.values()].filter(({ tag }) => !this.#now.has(tag) || rewritten.has(tag));
    if (stale.length > 0) {
      await tx.$executeRaw`
        DELETE FROM "TagStyle" WHERE "id" IN (
          SELECT r."value" FROM ${json.rows(stale.map(({ id }) => id))} r)`;
    }
    if (changed.length > 0) {
      await tx.tagStyle.createMany({
        data: changed.map(([tag, { color, parentTag }]) => {
          const { id = newId(), createdAt } = this.#before.get(tag) ?? {};
          return { id, ...(createdAt && { createdAt }), locationId, tag, color, parentTag };
        }),
      });
    }
    return stale.length > 0 || changed.length > 0;
  }
}
