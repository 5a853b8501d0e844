import { EACH, formatPath, parsePath, type Path, type PathStep } from '#engine/flow/path.ts';
import { parseScopedPath } from '#engine/mapping/compile-path.ts';
import type { MappingRule } from '#engine/mapping/mapping-schema.ts';

/** The rules of one level: the mapping itself, or one pairing of lists. Everything outside the mapper's rules speaks of paths from the root. */
export interface Level {
  rules: readonly MappingRule[];
  /** Where relative source paths begin; null when the pairing's own path cannot be read. */
  source: Path | null;
  /** Where targets begin: `['lines', EACH]`. */
  target: Path;
  /** Path inside an item by which the items are grouped; the level then sees `{ key, items }`. */
  groupBy: Path | null;
  parent: Level | null;
}

export function rootLevel(rules: readonly MappingRule[]): Level {
  return { rules, source: [], target: [], groupBy: null, parent: null };
}

/** The level inside a pairing of lists; null for any other rule. */
export function innerLevel(rule: MappingRule, level: Level): Level | null {
  if (rule.source.type !== 'forEach') return null;
  const list = absoluteSource(level, rule.source.path);
  const items: Path | null = list === null || list.at(-1) === EACH ? list : [...list, EACH];
  const own = parsePath(rule.target.trim()) ?? [];
  const target: Path = own.at(-1) === EACH ? own : [...own, EACH];
  const { groupBy } = rule.source;
  return {
    rules: rule.source.rules,
    source: items,
    target: [...level.target, ...target],
    groupBy: groupBy === undefined || groupBy === '' ? null : parsePath(groupBy),
    parent: level,
  };
}

/** The steps from the record to what a relative path (`sku`, `^.currency`) means at a level; null: cannot be read. */
export function absoluteSource(level: Level, text: string): Path | null {
  const scoped = parseScopedPath(text);
  if (scoped === null) return null;
  let from: Level | null = level;
  for (let left = scoped.up; left > 0 && from !== null; left -= 1) from = from.parent;
  if (from === null || from.source === null) return null;
  const { path } = scoped;
  if (from.groupBy === null) return [...from.source, ...path];
  const [first, second, ...rest] = path;
  if (first === 'key') return [...from.source, ...from.groupBy];
  if (first !== 'items') return null;
  return second === EACH ? [...from.source, ...rest] : from.source.slice(0, -1);
}

/** The text by which a rule at this level names a source field; null when it cannot be reached from there. */
export function relativeSource(level: Level, steps: Path): string | null {
  let up = '';
  for (let from: Level | null = level; from !== null; from = from.parent) {
    const rest = from.source === null ? null : restAfter(from.source, steps);
    if (rest !== null && from.groupBy !== null) {
      const isKey = formatPath(rest) === formatPath(from.groupBy);
      return up + formatPath(isKey ? ['key'] : ['items', EACH, ...rest]);
    }
    if (rest !== null) return up + formatPath(rest);
    up += '^.';
  }
  return null;
}

/** The text by which a pairing at this level names a list: lists inside lists become one by a closing `[]`. */
export function relativeList(level: Level, steps: Path): string | null {
  const path = relativeSource(level, steps);
  return path !== null && path.includes('[]') ? `${path}[]` : path;
}

/** What is left of `steps` behind `start`; null when they do not begin there. */
export function restAfter(start: Path, steps: Path): PathStep[] | null {
  return start.length <= steps.length && start.every((step, at) => step === steps[at]) ? steps.slice(start.length) : null;
}

/** The path one container up: `lines[].sku` → `lines`; null at the root. */
export function parentPath(path: string): string | null {
  const steps = parsePath(path);
  if (steps === null || steps.length === 0) return null;
  let end = steps.length - 1;
  while (end > 0 && steps[end - 1] === EACH) end -= 1;
  return end === 0 ? null : formatPath(steps.slice(0, end));
}
