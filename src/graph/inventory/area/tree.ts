/** What the shape of a tree is made of. */
export interface TreeNode {
  readonly id: string;
  readonly parentId: string | null;
}

/** The ids of each node's children. */
export function childrenOf(nodes: readonly TreeNode[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { id, parentId } of nodes) {
    if (parentId === null) continue;
    const siblings = children.get(parentId) ?? [];
    children.set(parentId, siblings);
    siblings.push(id);
  }
  return children;
}

/** A node and all that is below it. Ends also where rows form a loop, which they never should. */
export function subtreeOf(root: string, children: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set([root]);
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child);
  return found;
}

/** How many levels there are down to a node, itself included: 1 at the top. */
export function depthOf(id: string, nodes: readonly TreeNode[]): number {
  const parents = new Map(nodes.map((node) => [node.id, node.parentId]));
  const seen = new Set<string>();
  for (let at: string | null | undefined = id; at && !seen.has(at); at = parents.get(at)) seen.add(at);
  return seen.size;
}
