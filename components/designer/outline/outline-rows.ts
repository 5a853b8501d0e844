import type { Outline, OutlineItem } from './outline-tree.ts';

/** One line of the outline, with all a screen reader is told about its place. */
export interface OutlineRow {
  item: OutlineItem;
  level: number;
  /** From 1, among the lines of its list. */
  position: number;
  size: number;
  parent: string | null;
  /** Undefined: there is nothing to unfold. */
  expanded: boolean | undefined;
}

/** The lines to draw, top to bottom, without those below a folded one. */
export function rowsOf(outline: Outline, folded: ReadonlySet<string>): OutlineRow[] {
  const rows: OutlineRow[] = [];
  const add = (items: readonly OutlineItem[], level: number, parent: string | null): void => {
    items.forEach((item, index) => {
      const expanded = item.children.length === 0 ? undefined : !folded.has(item.key);
      rows.push({ item, level, position: index + 1, size: items.length, parent, expanded });
      if (expanded === true) add(item.children, level + 1, item.key);
    });
  };
  add([...outline.steps, ...outline.notes], 1, null);
  return rows;
}

/** Where the line of a node is; -1: it is folded away. */
export function rowOfNode(rows: readonly OutlineRow[], nodeId: string): number {
  return rows.findIndex(({ item }) => item.type === 'node' && item.node.id === nodeId);
}

/** The lines that must be unfolded for a node's line to be seen. */
export function foldsAround(outline: Outline, nodeId: string): string[] {
  const path: string[] = [];
  const find = (items: readonly OutlineItem[]): boolean =>
    items.some((item) => {
      if (item.type === 'node' && item.node.id === nodeId) return true;
      if (!find(item.children)) return false;
      path.push(item.key);
      return true;
    });
  find(outline.steps);
  return path;
}

/** The node a line is about: where `add after` and the settings belong to. */
export function nodeIdOf({ item }: OutlineRow): string {
  return item.node.id;
}
