/** What the trees of both sides have in common. */
export interface TreeNode<N> {
  /** From the root: `lines[].sku`; the list itself is `lines`. */
  path: string;
  name: string;
  children: N[];
}

/** One line of a tree as it is drawn. */
export interface TreeRow<N> {
  /** Unique among the rows. */
  key: string;
  node: N;
  depth: number;
  hasChildren: boolean;
  expanded: boolean;
}

export interface FlattenOptions {
  /** Paths of containers that are folded up. */
  folded: ReadonlySet<string>;
  /** Typed into the search; '' shows everything. What contains a hit is opened. */
  query: string;
  /** Text that is searched. */
  textOf?: (path: string, name: string) => string;
}

/** The visible lines of a tree, from top to bottom. */
export function flattenTree<N extends TreeNode<N>>(roots: readonly N[], { folded, query, textOf = (path) => path }: FlattenOptions): TreeRow<N>[] {
  const rows: TreeRow<N>[] = [];
  const wanted = query.trim().toLowerCase();
  const kept = wanted === '' ? null : new Set<N>();
  if (kept !== null) for (const root of roots) keep(root, kept, (node) => textOf(node.path, node.name).toLowerCase().includes(wanted));
  const walk = (nodes: readonly N[], depth: number): void => {
    for (const node of nodes) {
      if (kept !== null && !kept.has(node)) continue;
      const hasChildren = node.children.length > 0;
      const expanded = hasChildren && (kept !== null || !folded.has(node.path));
      rows.push({ key: node.path, node, depth, hasChildren, expanded });
      if (expanded) walk(node.children, depth + 1);
    }
  };
  walk(roots, 0);
  return rows;
}

/** Keeps hits, and what leads to them. Inside a hit only further hits are kept, unless there are none: then all of it. */
function keep<N extends TreeNode<N>>(node: N, kept: Set<N>, fits: (node: N) => boolean): boolean {
  const inside = node.children.filter((child) => keep(child, kept, fits)).length > 0;
  const hit = fits(node);
  if (hit || inside) kept.add(node);
  return hit || inside;
}

/** Index of the visible row for a path: its own, or that of the nearest container that is visible. -1: there is none. */
export function visibleIndex(path: string, indexOf: ReadonlyMap<string, number>, parentOf: (path: string) => string | null): { index: number; folded: boolean } {
  for (let at: string | null = path, folded = false; at !== null; at = parentOf(at), folded = true) {
    const index = indexOf.get(at);
    if (index !== undefined) return { index, folded };
  }
  return { index: -1, folded: true };
}
