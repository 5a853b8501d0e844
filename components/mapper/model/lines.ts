import { parentPath } from './levels.ts';
import { visibleIndex } from './field-tree.ts';
import type { PlacedRule } from './place-rules.ts';

/** A line between two visible rows. */
export interface Line {
  key: string;
  /** The rule it is drawn for; of several folded into one, the first. */
  ruleId: string;
  from: number;
  to: number;
  kind: 'value' | 'list' | 'argument' | 'ghost';
  /** One end lies in a folded container. */
  folded: boolean;
  /** Lines drawn as this one. */
  count: number;
  failed: boolean;
}

export interface LineInput {
  placed: readonly PlacedRule[];
  ghosts: readonly { id: string; source: string; target: string }[];
  sourceIndex: ReadonlyMap<string, number>;
  targetIndex: ReadonlyMap<string, number>;
  failed: (ruleId: string) => boolean;
}

/** Lines for rules and suggestions; an end that is folded away collapses into the nearest visible container. */
export function linesOf({ placed, ghosts, sourceIndex, targetIndex, failed }: LineInput): Line[] {
  const lines = new Map<string, Line>();
  const add = (ends: { source: string; target: string }, made: Pick<Line, 'ruleId' | 'kind' | 'failed'>): void => {
    const from = visibleIndex(ends.source, sourceIndex, parentPath);
    const to = visibleIndex(ends.target, targetIndex, parentPath);
    if (from.index < 0 || to.index < 0) return;
    const folded = from.folded || to.folded;
    const key = `${from.index}:${to.index}:${folded ? 'folded' : made.kind}`;
    const present = lines.get(key);
    if (present === undefined) lines.set(key, { key, ...made, from: from.index, to: to.index, folded, count: 1 });
    else lines.set(key, { ...present, count: present.count + 1, failed: present.failed || made.failed, kind: present.kind === 'ghost' ? made.kind : present.kind });
  };
  for (const { rule, target, sources } of placed) {
    const bad = failed(rule.id);
    for (const { path, role } of sources) add({ source: path, target: target ?? `!${rule.id}` }, { ruleId: rule.id, kind: role, failed: bad });
  }
  for (const { id, source, target } of ghosts) add({ source, target }, { ruleId: id, kind: 'ghost', failed: false });
  return [...lines.values()];
}

/** Where the rows of a pane stand: height of a row, how far it is scrolled, and one row that is taller. */
export interface PaneGeometry {
  row: number;
  scroll: number;
  height: number;
  /** The row below which an editor is open, and its height. */
  open: { index: number; extra: number } | null;
}

/** Middle of a row, in pixels from the top of the pane as it is scrolled. */
export function rowMiddle(index: number, { row, scroll, open }: PaneGeometry): number {
  return index * row + row / 2 - scroll + (open !== null && index > open.index ? open.extra : 0);
}

export interface DrawnLine extends Line {
  y1: number;
  y2: number;
}

/** Lines with at least one end in view, or that cross the view. */
export function visibleLines(lines: readonly Line[], left: PaneGeometry, right: PaneGeometry): DrawnLine[] {
  const drawn: DrawnLine[] = [];
  const height = Math.max(left.height, right.height);
  for (const line of lines) {
    const y1 = rowMiddle(line.from, left);
    const y2 = rowMiddle(line.to, right);
    if ((y1 < 0 && y2 < 0) || (y1 > height && y2 > height)) continue;
    // Far ends are drawn to the edge: what is out of view on both sides would only be noise.
    const inView = (y1 >= 0 && y1 <= left.height) || (y2 >= 0 && y2 <= right.height);
    if (inView) drawn.push({ ...line, y1, y2 });
  }
  return drawn;
}
