import { exampleOf } from '#components/schema-form/sample-paths.ts';
import type { Suggestion } from '#components/schema-form/suggest-input.tsx';
import { parsePath, type Path } from '#engine/flow/path.ts';
import { type Level, relativeSource } from '../model/levels.ts';
import type { SourceNode } from '../model/source-tree.ts';

/** The fields rules of a level may pick from, its own first, each with an example. */
export function levelFields(level: Level, roots: readonly SourceNode[]): { all: Suggestion[]; lists: Suggestion[] } {
  const all: (Suggestion & { list: boolean; up: number })[] = [];
  const walk = (nodes: readonly SourceNode[]): void => {
    for (const node of nodes) {
      const steps: Path | null = parsePath(node.path);
      const value = steps === null ? null : relativeSource(level, steps);
      if (value !== null && value !== '') all.push({ value, hint: exampleOf(node.evidence?.examples[0]), list: node.type === 'list', up: value.split('^.').length });
      walk(node.children);
    }
  };
  walk(roots);
  all.sort((a, b) => a.up - b.up);
  return { all, lists: all.filter(({ list }) => list) };
}

/** The same level before its items are grouped: filters and orders look at the items themselves. */
export function ungrouped(level: Level): Level {
  return level.groupBy === null ? level : { ...level, groupBy: null };
}
